import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { diagonal } from './gram-of-stack.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, type Parsed } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { weightedRows } from './weighted-rows.ts'

export type CoherenceWeightingOptions = RowOptions

/**
 * Coherence weighting: each row counts as much as the others support it.
 *
 *   g̃ = (1/m) Σᵢ max(0, cᵢ) gᵢ,   cᵢ = cos(gᵢ, Σ_{j ≠ i} gⱼ)
 *
 * Why this: ‖Σg‖² = Σᵢ ‖gᵢ‖² + Σᵢ gᵢ·Σ_{j ≠ i} gⱼ, so α exceeds its orthogonal limit by exactly what rows do for each other:
 * gᵢ·Σ_{j ≠ i} gⱼ is how fast a step along the others' gradients lowers row i's loss. Its cosine is that without the
 * lengths, between −1 and 1. A row that the others help stays, one that they don't help or would undo goes out. Weights
 * aren't made to sum to 1: where all rows agree the result is their mean, where they are orthogonal it is 0, as there is no
 * direction that two of them share, and between the two it changes without a jump. So steps are shorter than the mean's.
 *
 * Index legend: i, j of m rows, over all weights together. Scale: a mean, shrunk. Name: `coherence`. Without memory: the
 * state is empty. The cosine with zeros is 0.
 *
 * Breakdown: none. A large row draws the others' sum, and its own cosine may be above 0. Cost: the Gram matrix, O(m²·p) or
 * less from factors, a product of [m, m] matrices, and one weighted mean of the rows.
 *
 * `aggregate` throws a RangeError for fewer than 2 rows, and for a row that isn't finite or whose squared norm isn't, by
 * number.
 *
 * @returns `InvalidOption` for an option that isn't known or isn't valid.
 * @see "On the Generalization Mystery in Deep Learning", §4, α as the sum of the pairwise products of gradients.
 */
export function makeCoherenceWeighting(options: CoherenceWeightingOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map((given: Parsed<typeof rowOptions>) =>
    rowRule(
      {
        name: 'coherence',
        least: 2,
        finite: 'squared norms',
        gradient: (stack) => weightedRows(stack, supports),
      },
      given,
    ),
  )(parseOptions('coherence-weighting', options, rowOptions))
}

/** {@link makeCoherenceWeighting} for options written in code: throws a RangeError where they are invalid. */
export function coherenceWeighting(options: CoherenceWeightingOptions = {}): Aggregator {
  return orThrow(makeCoherenceWeighting(options))
}

/** [m] max(0, cᵢ)/m. A row is left out of the others' sum before anything is added up, so that a large one drowns nothing. */
function supports(gram: Tensor2D): Tensor1D {
  const m = gram.shape[0]
  const others = tf.sub(1, tf.eye(m)) as Tensor2D
  const dots = tf.sum(tf.mul(gram, others), 1)
  const squared = tf.relu(tf.sum(tf.mul(tf.matMul(others, gram), others), 1))
  const lengths = tf.mul(tf.sqrt(squared), tf.sqrt(diagonal(gram)))
  const cosines = tf.where(tf.greater(lengths, 0), tf.div(dots, lengths), tf.zerosLike(dots))
  return tf.div(tf.clipByValue(cosines, 0, 1), m) as Tensor1D
}
