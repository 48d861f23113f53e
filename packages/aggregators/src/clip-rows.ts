import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { GradientStack } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions } from './parse-options.ts'
import { positive } from './positive.ts'
import { scaledStack } from './scaled-stack.ts'
import type { StackTransform } from './stack-transform.ts'

export type ClipRowsOptions = {
  /** The largest norm that a row keeps. */
  readonly norm: number
}

/**
 * Scales each row of a stack down to a norm, over all weights together, where it is longer: no example is louder than c.
 *
 *   gᵢ′ = gᵢ · min(1, c/‖gᵢ‖)
 *
 * Index legend: i of m rows, examples or micro-batches as the rule behind it asks; c = `norm`. Name: `clipRows(c)`.
 *
 * Breakdown: none; b rows of anything move the mean behind it by at most 2cb/m. Cost: the rows' norms; no row is formed that
 * the rule doesn't form.
 *
 * @returns `InvalidOption` where the norm isn't a finite number > 0.
 * @see Abadi et al., "Deep Learning with Differential Privacy", CCS 2016, Algorithm 1: its clipping, without the noise.
 *
 * @example
 * chain(clipRows({ norm: 1 }), winsorizedMean({ percent: 4 })) // chain(clipRows(1), winsor(4%))
 */
export function makeClipRows(options: ClipRowsOptions): E.Either<InvalidOption, StackTransform> {
  return E.chain(({ norm }: { readonly norm?: number }) =>
    norm === undefined
      ? E.left(invalidOption('clip-rows', 'norm', positive.required, norm))
      : E.right<InvalidOption, StackTransform>({
          name: `clipRows(${norm})`,
          transform: (stack) => scaledStack(stack, factorsOf(stack, norm)),
        }),
  )(parseOptions('clip-rows', options, { norm: positive }))
}

/** {@link makeClipRows} for options written in code: throws a RangeError where they are invalid. */
export function clipRows(options: ClipRowsOptions): StackTransform {
  return orThrow(makeClipRows(options))
}

function factorsOf(stack: GradientStack, norm: number): Tensor1D {
  return tf.tidy(() => {
    const lengths = tf.sqrt(tf.addN(stack.blocks.map((block) => block.squaredNorms())))
    return tf.where(tf.greater(lengths, norm), tf.div(norm, lengths), tf.onesLike(lengths)) as Tensor1D
  })
}
