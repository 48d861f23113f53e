import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { diagonal } from './gram-of-stack.ts'
import { orThrow } from './or-throw.ts'
import { between, parseOptions, requireOption } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { weightedRows } from './weighted-rows.ts'

export type GradientAgreementOptions = RowOptions & {
  /** τ, 0 to 2: the largest cosine distance, 1 − cos, at which a row is taken in. Its authors recommend 0.9 to 1. */
  readonly threshold: number
}

const threshold = between(0, 2)

/**
 * Gradient agreement filtering (GAF): rows are taken in one by one, if they point where those before them point.
 *
 *   s ← g₁;  for i = 2 … m:  s ← s + gᵢ where 1 − cos(s, gᵢ) ≤ τ
 *   g̃ = s / (number of rows in s), or 0 where no row agreed with the first
 *
 * All rows in s count equally; the authors' published code halves what it has at each agreement instead, which gives later
 * rows more weight. The cosine with a row of zeros is 0. The order of the rows matters, so they have to come shuffled.
 *
 * Index legend: i of m rows, over all weights together. Scale: a mean over the rows in s. Name: `gaf(0.97)`. Without memory:
 * the state is empty.
 *
 * Breakdown: none. One row that is first, or points where the others do, may move the result without bound. Cost: the Gram
 * matrix, O(m²·p) or less from factors, some ten operations on [m] numbers a row (so it is for micro-batches rather than
 * for hundreds of examples), and one weighted mean of the rows.
 *
 * `aggregate` throws a RangeError for fewer than 2 rows, and for a row that isn't finite or whose squared norm isn't, by
 * number.
 *
 * @returns `InvalidOption` where threshold isn't a number from 0 to 2.
 * @see Chaubard, Eyuboglu and Kochenderfer, "Beyond Gradient Averaging in Parallel Optimization: Improved Robustness through
 *   Gradient Agreement Filtering", 2024.
 *
 * @example
 * makeGradientAgreement({ threshold: 0.97, groups: 4 }) // right(gaf(0.97) of 4 means)
 */
export function makeGradientAgreement(options: GradientAgreementOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('gradient-agreement', options, { threshold, ...rowOptions }),
    E.bindTo('given'),
    E.bind('tau', ({ given }) => requireOption('gradient-agreement', 'threshold', threshold, given.threshold)),
    E.map(({ given, tau }) =>
      rowRule(
        {
          name: `gaf(${tau})`,
          least: 2,
          finite: 'squared norms',
          gradient: (stack) => weightedRows(stack, (gram) => agreeing(gram, tau)),
        },
        given,
      ),
    ),
  )
}

/** {@link makeGradientAgreement} for options written in code: throws a RangeError where they are invalid. */
export function gradientAgreement(options: GradientAgreementOptions): Aggregator {
  return orThrow(makeGradientAgreement(options))
}

/** [m] the weights of the rows that agree, one after another. */
function agreeing(gram: Tensor2D, tau: number): Tensor1D {
  const m = gram.shape[0]
  const lengths = tf.unstack(tf.sqrt(diagonal(gram)))
  const rows = tf.unstack(gram)
  // s·gᵢ for every i, and ‖s‖²
  let along = rows[0]!
  let squared: Tensor = tf.square(lengths[0]!)
  const taken: Tensor[] = [tf.scalar(1)]
  for (let i = 1; i < m; i++) {
    const dot = tf.reshape(tf.slice(along, i, 1), [])
    const length = tf.mul(tf.sqrt(squared), lengths[i]!)
    const cosine = tf.where(tf.greater(length, 0), tf.div(dot, length), tf.zerosLike(dot))
    const takes = tf.cast(tf.lessEqual(tf.sub(1, cosine), tau), 'float32')
    taken.push(takes)
    squared = tf.add(squared, tf.mul(takes, tf.add(tf.mul(dot, 2), tf.square(lengths[i]!))))
    along = tf.add(along, tf.mul(rows[i]!, takes))
  }
  const weights = tf.stack(taken) as Tensor1D
  const count = tf.sum(weights)
  return tf.mul(tf.div(weights, count), tf.cast(tf.greater(count, 1), 'float32'))
}
