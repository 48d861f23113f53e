import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { squaredDistances } from './gram-of-stack.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, requireOption, wholeFrom0, wholeFrom1 } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { weightedRows } from './weighted-rows.ts'

export type KrumOptions = RowOptions & {
  /** f: how many rows may be anything. */
  readonly byzantine: number
  /** How many of the best rows are averaged. Default 1, which is Krum; more is multi-Krum. */
  readonly keep?: number
}

/**
 * Krum and multi-Krum: the row, or the mean of the rows, that lies closest to its own nearest neighbours.
 *
 *   score(i) = Σ_{j ∈ N(i)} ‖gᵢ − gⱼ‖²,   N(i) the m − f − 2 other rows nearest to row i
 *   g̃ = mean of the `keep` rows with the least scores
 *
 * Of rows with one score the first is taken, so where scores tie the order of the rows counts.
 *
 * Index legend: i, j of m rows, over all weights together; f = `byzantine`. Scale: a mean. Names: `krum(2)`,
 * `multi-krum(2, 5)`. Without memory: the state is empty.
 *
 * Breakdown: f rows may be anything where m ≥ 2f + 3 and keep ≤ m − f; the result moves by a bounded amount. Cost: the Gram
 * matrix, O(m²·p) or less from factors, a sort of [m, m] numbers, and one weighted mean of the rows.
 *
 * `aggregate` throws a RangeError for fewer than max(2f + 3, keep + f) rows, and for a row that isn't finite or whose
 * squared norm isn't, by number.
 *
 * @returns `InvalidOption` where byzantine isn't a whole number ≥ 0 or keep one ≥ 1.
 * @see Blanchard, El Mhamdi, Guerraoui and Stainer, "Machine Learning with Adversaries: Byzantine Tolerant Gradient
 *   Descent", NIPS 2017.
 *
 * @example
 * makeKrum({ byzantine: 2, keep: 5 }) // right(multi-krum(2, 5))
 */
export function makeKrum(options: KrumOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('krum', options, { byzantine: wholeFrom0, keep: wholeFrom1, ...rowOptions }),
    E.bindTo('given'),
    E.bind('byzantine', ({ given }) => requireOption('krum', 'byzantine', wholeFrom0, given.byzantine)),
    E.map(({ given, byzantine }) => {
      const keep = given.keep ?? 1
      return rowRule(
        {
          name: keep === 1 ? `krum(${byzantine})` : `multi-krum(${byzantine}, ${keep})`,
          least: Math.max(2 * byzantine + 3, keep + byzantine),
          finite: 'squared norms',
          gradient: (stack) => weightedRows(stack, (gram) => chosen(gram, byzantine, keep)),
        },
        given,
      )
    }),
  )
}

/** {@link makeKrum} for options written in code: throws a RangeError where they are invalid. */
export function krum(options: KrumOptions): Aggregator {
  return orThrow(makeKrum(options))
}

/** [m] 1/keep for the rows that are taken, 0 for the others. */
function chosen(gram: Tensor2D, byzantine: number, keep: number): Tensor1D {
  const m = gram.shape[0]
  // A row's distance to itself, 0, is always among its least.
  const least = tf.topk(tf.neg(squaredDistances(gram)), m - byzantine - 1).values
  const best = tf.topk(tf.sum(least, 1), keep).indices
  return tf.div(tf.sum(tf.cast(tf.oneHot(best, m), 'float32'), 0), keep)
}
