import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { InvalidOption } from './failures.ts'
import type { GradientTransform } from './gradient-transform.ts'
import { orThrow } from './or-throw.ts'
import { between, parseOptions, type OptionType, type Parsed } from './parse-options.ts'

export type GrokfastOptions = {
  /** α: how much of the slow gradient is kept at each step. Default 0.98. */
  readonly decay?: number
  /** λ: how much of the slow gradient is added. Default 2. */
  readonly gain?: number
}

const types = {
  decay: between(0, 1),
  gain: { required: 'a number ≥ 0', is: (value) => Number.isFinite(value) && (value as number) >= 0 } as OptionType,
}

/**
 * Grokfast's filter of slow gradients: what a gradient's coordinates do over many steps is added to what they do in this one.
 *
 *   μ ← α μ + (1 − α) g,   g′ = g + λ μ,   and μ = g at the first step
 *
 * Index legend: g the gradient that the rule before it gives, α = `decay`, λ = `gain`. Scale: up to 1 + λ times a mean. Name:
 * `grokfast(0.98, 2)`. State: μ under the weights' names, and `started`, 0 before the first step and 1 after it: resumed
 * from a checkpoint, the same bytes. gain 0 gives g to the bit.
 *
 * Breakdown: that of the rule before it. Cost: two passes over the weights, and as many numbers to keep as there are.
 *
 * @returns `InvalidOption` where decay isn't a number from 0 to 1, or gain isn't ≥ 0.
 * @see Lee, Kang, Kim and Lee, "Grokfast: Accelerated Grokking by Amplifying Slow Gradients", 2024 (Grokfast-EMA); the
 *   defaults and the start at the first gradient are those of the authors' code.
 *
 * @example
 * chain(mean(), grokfast({ decay: 0.98, gain: 2 })) // chain(mean, grokfast(0.98, 2))
 */
export function makeGrokfast(options: GrokfastOptions = {}): E.Either<InvalidOption, GradientTransform> {
  return E.map(({ decay = 0.98, gain = 2 }: Parsed<typeof types>) => transform(decay, gain))(
    parseOptions('grokfast', options, types),
  )
}

/** {@link makeGrokfast} for options written in code: throws a RangeError where they are invalid. */
export function grokfast(options: GrokfastOptions = {}): GradientTransform {
  return orThrow(makeGrokfast(options))
}

const slow = (name: string): string => `slow/${name}`

function transform(decay: number, gain: number): GradientTransform {
  return {
    name: `grokfast(${decay}, ${gain})`,
    init: (weights) => ({
      started: tf.scalar(0),
      ...Object.fromEntries(weights.map(({ name, shape }) => [slow(name), tf.zeros([...shape])])),
    }),
    update(gradient, state) {
      const entries = Object.entries(gradient)
      const means = tf.tidy(() => {
        const kept = tf.mul(state['started']!, decay)
        const fresh = tf.sub(1, kept)
        return entries.map(([name, tensor]) => tf.add(tf.mul(state[slow(name)]!, kept), tf.mul(tensor, fresh)))
      })
      const amplified = tf.tidy(() => entries.map(([, tensor], w) => tf.add(tensor, tf.mul(means[w]!, gain))))
      return {
        gradient: Object.fromEntries(entries.map(([name], w) => [name, amplified[w]!])),
        state: {
          started: tf.scalar(1),
          ...Object.fromEntries(entries.map(([name], w) => [slow(name), means[w]!])),
        },
      }
    },
  }
}
