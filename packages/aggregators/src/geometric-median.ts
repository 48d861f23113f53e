import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { diagonal, squaredDistances } from './gram-of-stack.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, wholeFrom1, type Parsed } from './parse-options.ts'
import { positive } from './positive.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { weightedRows } from './weighted-rows.ts'

export type GeometricMedianOptions = RowOptions & {
  /** Steps of Weiszfeld's algorithm. Default 16. */
  readonly iterations?: number
  /** ν: distances below this share of the median distance count as much as it. Default 0.001. */
  readonly smoothing?: number
}

const types = { iterations: wholeFrom1, smoothing: positive, ...rowOptions }

/**
 * Geometric median: the point with the least sum of distances to the rows, by smoothed Weiszfeld steps.
 *
 *   z ← Σᵢ wᵢ gᵢ,   wᵢ ∝ 1/max(ν·s, ‖gᵢ − z‖)
 *
 * It starts at the row with the least sum of distances, whose median distance to the others is s; so ν is free of scale. All
 * distances come from the Gram matrix of the rows minus that row, in which no outlier drowns the others.
 *
 * Index legend: i of m rows, over all weights together. Scale: a mean (the weights' sum is 1). Name: `geomed`. Without
 * memory: the state is empty.
 *
 * Breakdown: less than half of the rows, ⌈m/2⌉ − 1, may be anything; the result moves by a bounded amount. Cost: the Gram
 * matrix, O(m²·p) or less from factors, a dozen operations on [m, m] a step, and one weighted mean of the rows.
 *
 * `aggregate` throws a RangeError for a row that isn't finite or whose squared norm isn't, by number.
 *
 * @returns `InvalidOption` where iterations isn't a whole number ≥ 1, or smoothing isn't above 0.
 * @see Pillutla, Kakade and Harchaoui, "Robust Aggregation for Federated Learning", 2019 (the smoothed
 *   Weiszfeld algorithm); Weiszfeld, 1937.
 */
export function makeGeometricMedian(options: GeometricMedianOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map((given: Parsed<typeof types>) =>
    rowRule(
      {
        name: 'geomed',
        least: 1,
        finite: 'squared norms',
        gradient: (stack) =>
          weightedRows(stack, (gram) => weiszfeld(gram, given.iterations ?? 16, given.smoothing ?? 1e-3)),
      },
      given,
    ),
  )(parseOptions('geometric-median', options, types))
}

/** {@link makeGeometricMedian} for options written in code: throws a RangeError where they are invalid. */
export function geometricMedian(options: GeometricMedianOptions = {}): Aggregator {
  return orThrow(makeGeometricMedian(options))
}

/** [m] the weights of the rows in their geometric median. */
function weiszfeld(gram: Tensor2D, iterations: number, smoothing: number): Tensor1D {
  const m = gram.shape[0]
  if (m === 1) return tf.ones([1])
  const distances = tf.sqrt(squaredDistances(gram))
  const start = tf.argMin(tf.sum(distances, 1))
  const fromStart = tf.reshape(tf.gather(distances, tf.reshape(start, [1])), [m])
  const scale = tf.slice(tf.topk(fromStart, m).values, m >> 1, 1)
  const least = tf.maximum(tf.mul(scale, smoothing), 1e-30)
  const row = tf.reshape(tf.gather(gram, tf.reshape(start, [1])), [1, m])
  const corner = tf.reshape(tf.gather(tf.reshape(row, [m]), tf.reshape(start, [1])), [1, 1])
  // (gᵢ − gₛ)·(gⱼ − gₛ)
  const moved = tf.add(tf.sub(tf.sub(gram, row), tf.reshape(row, [m, 1])), corner) as Tensor2D
  const norms = tf.relu(diagonal(moved))
  let weights: Tensor1D = tf.cast(tf.reshape(tf.oneHot(start, m), [m]), 'float32')
  for (let t = 0; t < iterations; t++) {
    const previous = weights
    weights = tf.tidy(() => {
      const along = tf.reshape(tf.matMul(moved, tf.reshape(previous, [m, 1])), [m])
      const squared = tf.add(tf.sub(norms, tf.mul(along, 2)), tf.sum(tf.mul(previous, along)))
      const inverse = tf.div(1, tf.maximum(tf.sqrt(tf.relu(squared)), least))
      return tf.div(inverse, tf.sum(inverse))
    })
    previous.dispose()
  }
  return weights
}
