import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { InvalidOption } from './failures.ts'
import type { GradientTransform } from './gradient-transform.ts'
import { clonedState } from './joined-state.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions, type OptionType } from './parse-options.ts'

export type MomentumOptions = {
  /** β: how much of the last step's velocity is kept. */
  readonly decay: number
}

const share: OptionType = {
  required: 'a number from 0 to 1, 1 excluded',
  is: (value): value is number => typeof value === 'number' && value >= 0 && value < 1,
}

/**
 * Heavy-ball momentum behind a rule, the same as `tf.train.momentum`'s.
 *
 *   v ← β v + g,   g′ = v
 *
 * Index legend: g the gradient that the rule gives, β = `decay`; v starts at 0. Scale: up to 1/(1 − β) times a mean. Name:
 * `momentum(β)`. State: v, under the weights' names. Behind a rule, never in front of it: see {@link chain}.
 *
 * Breakdown: that of the rule before it, with 1/(1 − β) times its bound. Cost: a pass over the weights, and as many numbers to
 * keep as there are.
 *
 * @returns `InvalidOption` where decay isn't in [0, 1).
 * @see "On the Generalization Mystery in Deep Learning", §7, footnote 27.
 *
 * @example
 * chain(medianOfMeans({ groups: 3 }), momentum({ decay: 0.9 })) // chain(M3, momentum(0.9))
 */
export function makeMomentum(options: MomentumOptions): E.Either<InvalidOption, GradientTransform> {
  return E.chain(({ decay }: { readonly decay?: number }) =>
    decay === undefined
      ? E.left(invalidOption('momentum', 'decay', share.required, decay))
      : E.right<InvalidOption, GradientTransform>(transform(decay)),
  )(parseOptions('momentum', options, { decay: share }))
}

/** {@link makeMomentum} for options written in code: throws a RangeError where they are invalid. */
export function momentum(options: MomentumOptions): GradientTransform {
  return orThrow(makeMomentum(options))
}

function transform(decay: number): GradientTransform {
  return {
    name: `momentum(${decay})`,
    init: (weights) => Object.fromEntries(weights.map(({ name, shape }) => [name, tf.zeros([...shape])])),
    update(gradient, state) {
      const unknown = Object.keys(gradient).find((name) => state[name] === undefined)
      if (unknown !== undefined) {
        throw new TypeError(`momentum(${decay}): required the memory of this model, found none for ${unknown}`)
      }
      const velocity = tf.tidy(() =>
        Object.fromEntries(
          Object.entries(gradient).map(([name, tensor]) => [name, tf.add(tf.mul(state[name]!, decay), tensor)]),
        ),
      )
      return { gradient: velocity, state: clonedState(velocity) }
    },
  }
}
