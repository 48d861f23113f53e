import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { InvalidOption } from './failures.ts'
import type { GradientTransform } from './gradient-transform.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions } from './parse-options.ts'
import { positive } from './positive.ts'

export type ClipByNormOptions = {
  /** The largest norm that passes. */
  readonly norm: number
}

/**
 * Scales a gradient down to a norm, over all weights together, where it is longer.
 *
 *   g′ = g · min(1, c/‖g‖)
 *
 * Index legend: g all coordinates of all weights, c = `norm`. A gradient that isn't longer passes to the bit, one of zeros
 * too. Name: `clip(c)`. Without memory: the state is empty.
 *
 * Breakdown: that of the rule before it, but for the length, which stays below c. Cost: two passes over the weights.
 *
 * @returns `InvalidOption` where the norm isn't a finite number > 0.
 * @see Pascanu, Mikolov and Bengio, "On the Difficulty of Training Recurrent Neural Networks", ICML 2013, Algorithm 1.
 *
 * @example
 * chain(medianOfMeans({ groups: 3 }), clipByNorm({ norm: 1 })) // chain(M3, clip(1))
 */
export function makeClipByNorm(options: ClipByNormOptions): E.Either<InvalidOption, GradientTransform> {
  return E.chain(({ norm }: { readonly norm?: number }) =>
    norm === undefined
      ? E.left(invalidOption('clip-by-norm', 'norm', positive.required, norm))
      : E.right<InvalidOption, GradientTransform>({
          name: `clip(${norm})`,
          init: () => ({}),
          update: (gradient) => ({ gradient: clipped(gradient, norm), state: {} }),
        }),
  )(parseOptions('clip-by-norm', options, { norm: positive }))
}

/** {@link makeClipByNorm} for options written in code: throws a RangeError where they are invalid. */
export function clipByNorm(options: ClipByNormOptions): GradientTransform {
  return orThrow(makeClipByNorm(options))
}

function clipped(gradient: NamedTensorMap, norm: number): NamedTensorMap {
  return tf.tidy(() => {
    const squares = Object.values(gradient).map((tensor): Tensor => tf.sum(tf.square(tensor)))
    const length = tf.sqrt(tf.addN(squares))
    // Where the length is 0, 0 times any factor is 0.
    const factor = tf.where(tf.greater(length, norm), tf.div(norm, length), tf.onesLike(length))
    return Object.fromEntries(Object.entries(gradient).map(([name, tensor]) => [name, tf.mul(tensor, factor)]))
  })
}
