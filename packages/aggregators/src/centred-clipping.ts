import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { either as E, function as fn } from 'fp-ts'
import type { Aggregator, AggregatorState, GradientStack } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, requireOption, wholeFrom1 } from './parse-options.ts'
import { positive } from './positive.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule, type RuleMemory } from './row-rule.ts'

export type CentredClippingOptions = RowOptions & {
  /** τ: how far from the last aggregate a row still counts in full; of the size of the honest rows' distances from it. */
  readonly radius: number
  /** s: how often the centre moves in a step. Default 1, its authors' own. */
  readonly iterations?: number
}

const types = { radius: positive, iterations: wholeFrom1, ...rowOptions }

/**
 * Centred clipping: rows are clipped around the aggregate of the step before, not around 0, and their mean is the next one.
 *
 *   v ← v + (1/m) Σᵢ (gᵢ − v) min(1, τ/‖gᵢ − v‖),   s times
 *
 * Index legend: i of m rows, over all weights together; v is what the last step gave, 0 before the first; τ = `radius`,
 * s = `iterations`. Scale: a mean of rows and of v, on its way to a mean of rows: where every row is within τ of v, their
 * mean. The fixed point of v ← … is the minimizer of the sum of Huber's losses of ‖gᵢ − v‖. Name: `centred-clip(10)`,
 * `centred-clip(10, 3)` for s = 3. State: v, as `centre/<weight>`; resumed from a checkpoint, the same bytes.
 *
 * Breakdown: in a step, none: whatever the rows are, v moves by at most sτ, and b rows change it by at most 2bsτ/m. Over
 * steps less than half of the rows, ⌈m/2⌉ − 1, may be anything: where the others lie within R of a point c, v is drawn to
 * ‖v − c‖ ≤ τ + R(m − b)/√(m(m − 2b)). More than half of them lead it away, by (2b − m)sτ/m a step.
 * Cost: the rows' norms, and for each iteration a product with v and a weighted sum of the rows; no row is formed.
 *
 * Clipping around a memory helps while gradients change little from step to step. Its authors give it each worker's momentum;
 * rows here are this step's own gradients, so τ has to cover their noise, and micro-batches (`groups`) have less of it.
 *
 * `aggregate` throws a RangeError for a stack without rows and for a row that isn't finite or whose squared norm isn't, by
 * number, and a TypeError for the memory of another model.
 *
 * @returns `InvalidOption` where radius isn't a finite number > 0, or iterations isn't a whole number ≥ 1.
 * @see Karimireddy, He and Jaggi, "Learning from History for Byzantine Robust Optimization", ICML 2021, Algorithm 2.
 *
 * @example
 * makeCentredClipping({ radius: 10, groups: 8 }) // right(centred-clip(10) of 8 means)
 */
export function makeCentredClipping(options: CentredClippingOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('centred-clipping', options, types),
    E.bindTo('given'),
    E.bind('radius', ({ given }) => requireOption('centred-clipping', 'radius', positive, given.radius)),
    E.map(({ given, radius }) => {
      const { iterations = 1 } = given
      const name = `centred-clip(${iterations === 1 ? radius : `${radius}, ${iterations}`})`
      return rowRule(
        {
          name,
          least: 1,
          finite: 'squared norms',
          memory,
          gradient: (stack, state) => clipped(stack, centreIn(name, stack, state), radius, iterations),
        },
        given,
      )
    }),
  )
}

/** {@link makeCentredClipping} for options written in code: throws a RangeError where they are invalid. */
export function centredClipping(options: CentredClippingOptions): Aggregator {
  return orThrow(makeCentredClipping(options))
}

const keyOf = (weight: string): string => `centre/${weight}`

const memory: RuleMemory = {
  init: (weights) => Object.fromEntries(weights.map(({ name, shape }) => [keyOf(name), tf.zeros([...shape])])),
  after: (gradient) => Object.fromEntries(Object.entries(gradient).map(([name, v]) => [keyOf(name), tf.clone(v)])),
}

/** v for each block, in the blocks' order. */
function centreIn(name: string, { blocks }: GradientStack, state: AggregatorState): readonly Tensor[] {
  return blocks.map((block) => {
    const centre = state[keyOf(block.name)]
    if (centre !== undefined) return centre
    throw new TypeError(`${name}: required the memory of this model, found none for ${block.name}`)
  })
}

function clipped(stack: GradientStack, start: readonly Tensor[], radius: number, iterations: number): NamedTensorMap {
  return tf.tidy(() => {
    const { rows: m, blocks } = stack
    const norms = tf.addN(blocks.map((block) => block.squaredNorms()))
    let centre = start
    for (let t = 0; t < iterations; t++) {
      const along = tf.addN(blocks.map((block, w) => block.dot(centre[w]!)))
      const own = tf.addN(centre.map((v) => tf.sum(tf.square(v))))
      const distances = tf.sqrt(tf.relu(tf.add(tf.sub(norms, tf.mul(along, 2)), own)))
      const shares = tf.div(radius, tf.mul(tf.maximum(distances, radius), m)) as Tensor1D
      const left = tf.sub(1, tf.sum(shares))
      centre = blocks.map((block, w) => tf.add(tf.mul(centre[w]!, left), block.weightedSum(shares)))
    }
    return Object.fromEntries(blocks.map(({ name }, w) => [name, centre[w]!]))
  })
}
