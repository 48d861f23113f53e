import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator, GradientBlock } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, wholeFrom1, type Parsed } from './parse-options.ts'
import { positive } from './positive.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes, sliceBySlice } from './slice-by-slice.ts'

export type SnrGateOptions = RowOptions & {
  /** How many times the orthogonal limit a coordinate's coherence has to exceed. Default 1. */
  readonly threshold?: number
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
}

const types = { threshold: positive, sliceBytes: wholeFrom1, ...rowOptions }

/**
 * Signal-to-noise gate: the mean where a coordinate's coherence exceeds the orthogonal limit, zero elsewhere.
 *
 *   g̃ⱼ = ḡⱼ · [ m·αⱼ > t ],   m·αⱼ = (Σᵢ gᵢⱼ)² / Σᵢ gᵢⱼ²
 *
 * which is the paper's α applied to one coordinate: m·αⱼ = 1 where the rows' values are orthogonal, and where one row owns
 * the coordinate. It is computed as (Σg)² > t·(1 + 2⁻²⁰)·Σg²: a quotient of float32 numbers may come out above 1 for a
 * coordinate that one row owns, and so may the two sides by their rounding. Numbers are scaled before they are squared.
 *
 * Index legend: i of m rows, coordinate j, ḡ their mean, t = `threshold`. Scale: a mean, with zeros in it; nothing is made
 * longer for what is left out. Names: `snr`, `snr(2)`. Without memory: the state is empty.
 *
 * Breakdown: none. One row moves the result where others agree with it, up to 2²¹ times their sum; of one that is larger
 * still, m·αⱼ is no more than 1 to float32. Cost: that of the mean three times:
 * from factors Σg² is the product (X²)ᵀ(Δ²); other weights are formed slice by slice.
 *
 * `aggregate` throws a RangeError for fewer than 2 rows, of which none exceeds the limit, and for a row that isn't finite,
 * by number.
 *
 * @returns `InvalidOption` where threshold isn't above 0.
 * @see "On the Generalization Mystery in Deep Learning", §4, α and its orthogonal limit.
 *
 * @example
 * makeSnrGate() // right(snr)
 */
export function makeSnrGate(options: SnrGateOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(({ threshold = 1, sliceBytes = defaultSliceBytes, ...given }: Parsed<typeof types>) =>
    rowRule(
      {
        name: threshold === 1 ? 'snr' : `snr(${threshold})`,
        least: 2,
        finite: 'values',
        gradient: (stack) =>
          aggregateBlocks(stack, (block) => {
            const open = gateOf(block, stack.rows, threshold * (1 + 2 ** -20), sliceBytes)
            return tf.mul(block.mean(), tf.reshape(open, [...block.shape]))
          }),
      },
      given,
    ),
  )(parseOptions('snr-gate', options, types))
}

/** {@link makeSnrGate} for options written in code: throws a RangeError where they are invalid. */
export function snrGate(options: SnrGateOptions = {}): Aggregator {
  return orThrow(makeSnrGate(options))
}

/** 1 where (Σg)² > limit·Σg², else 0. */
function gateOf({ factors, ...block }: GradientBlock, rows: number, limit: number, sliceBytes: number): Tensor {
  const exceeds = <T extends Tensor>(sums: T, squares: T): T => tf.step(tf.sub(tf.square(sums), tf.mul(squares, limit)))
  if (factors !== undefined) {
    const [x, delta] = [scaled(factors.activations), scaled(factors.deltas)]
    const sums = tf.matMul(x, delta, true, false)
    return exceeds(sums, tf.matMul(tf.square(x), tf.square(delta), true, false))
  }
  return sliceBySlice(block, rows, sliceBytes, (slice) => {
    const values = scaled(slice, 0)
    return exceeds(tf.sum(values, 0), tf.sum(tf.square(values), 0)) as Tensor1D
  })
}

/** Divided by the largest size, of all or along an axis: squares neither overflow nor vanish. */
function scaled(values: Tensor2D, axis?: number): Tensor2D {
  const largest = tf.max(tf.abs(values), axis, axis !== undefined)
  return tf.div(values, tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest)))
}
