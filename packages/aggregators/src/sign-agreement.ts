import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E, function as fn } from 'fp-ts'
import type { Aggregator, GradientBlock } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { between, parseOptions, requireOption, wholeFrom1 } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes, sliceBySlice } from './slice-by-slice.ts'

export type SignAgreementOptions = RowOptions & {
  /** τ, 0 to 1: how much of the rows' signs has to be left over when opposite ones cancel. */
  readonly threshold: number
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
}

const threshold = between(0, 1)

/**
 * The AND-mask: the mean where the rows agree on the sign, zero elsewhere.
 *
 *   g̃ⱼ = ḡⱼ · [ |Σᵢ sign gᵢⱼ| ≥ τ·m ]
 *
 * A value of 0 has no sign and agrees with nobody. τ = 0 gives the mean to the bit, τ = 1 asks for all rows.
 *
 * Index legend: i of m rows, coordinate j, ḡ their mean. Scale: a mean, with zeros in it; nothing is made longer for what is
 * left out. Name: `and-mask(0.8)`. Without memory: the state is empty.
 *
 * Breakdown: none. One row may move the result without bound where the others agree. Cost: that of the mean twice: from
 * factors the signs of products are products of signs, so their count is a matrix product too.
 *
 * `aggregate` throws a RangeError for a row that isn't finite, by number.
 *
 * @returns `InvalidOption` where threshold isn't a number from 0 to 1.
 * @see Parascandolo, Neitz, Orvieto, Gresele and Schölkopf, "Learning explanations that are hard to vary", ICLR 2021
 *   (the AND-mask; their rows are environments).
 *
 * @example
 * makeSignAgreement({ threshold: 0.8 }) // right(and-mask(0.8))
 */
export function makeSignAgreement(options: SignAgreementOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('sign-agreement', options, { threshold, sliceBytes: wholeFrom1, ...rowOptions }),
    E.bindTo('given'),
    E.bind('tau', ({ given }) => requireOption('sign-agreement', 'threshold', threshold, given.threshold)),
    E.map(({ given, tau }) =>
      rowRule(
        {
          name: `and-mask(${tau})`,
          least: 1,
          finite: 'values',
          gradient(stack) {
            // Counts are whole numbers: rounding τ·m must not ask for one more.
            const least = Math.ceil(tau * stack.rows - 1e-9 * stack.rows)
            return aggregateBlocks(stack, (block) => {
              const counts = signsOf(block, stack.rows, given.sliceBytes ?? defaultSliceBytes)
              // 1 where a whole number is at least that large; a comparison and a choice would take several passes more.
              const mask = tf.step(tf.sub(tf.abs(counts), least - 0.5))
              return tf.mul(block.mean(), tf.reshape(mask, [...block.shape]))
            })
          },
        },
        given,
      ),
    ),
  )
}

/** {@link makeSignAgreement} for options written in code: throws a RangeError where they are invalid. */
export function signAgreement(options: SignAgreementOptions): Aggregator {
  return orThrow(makeSignAgreement(options))
}

/** Σᵢ sign gᵢⱼ, exact. */
function signsOf({ factors, ...block }: GradientBlock, rows: number, sliceBytes: number): Tensor {
  if (factors === undefined) return sliceBySlice(block, rows, sliceBytes, (slice) => tf.sum(signs(slice), 0))
  return tf.matMul(signs(factors.activations), signs(factors.deltas), true, false)
}

/** 1 above zero, −1 below, however near: tf.sign on wasm takes numbers of 1e-7 for 0. */
function signs(values: Tensor2D): Tensor2D {
  return tf.sub(tf.cast(tf.greater(values, 0), 'float32'), tf.cast(tf.less(values, 0), 'float32'))
}
