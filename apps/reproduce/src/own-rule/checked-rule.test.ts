import type { Aggregator, GradientStack } from '@coherent-gradients/gradients'
import { describe, expect, it } from 'vitest'
import { checkedRule } from './checked-rule.ts'

describe('what a rule of one’s own gives', () => {
  const stack = { blocks: [{ name: 'dense_1/kernel', shape: [2, 3] }] } as unknown as GradientStack
  const giving = (made: unknown): Aggregator =>
    checkedRule({ name: 'mine', rows: { of: 'examples' }, init: () => ({}), aggregate: () => made as never })
  const shaped = (...shape: number[]): unknown => ({ gradient: { 'dense_1/kernel': { shape } }, state: {} })

  it('goes on as it is', () => {
    expect(giving(shaped(2, 3)).aggregate(stack, {})).toEqual(shaped(2, 3))
  })

  it.each<[unknown, string]>([
    [
      Promise.resolve(shaped(2, 3)),
      'mine: required aggregate to give { gradient, state }, found a promise: it can’t wait',
    ],
    [undefined, 'mine: required aggregate to give { gradient, state }, found undefined'],
    [{ gradient: {} }, 'mine: required aggregate to give { gradient, state }, found { gradient }'],
    [{ gradient: {}, state: {} }, 'mine: required a gradient of shape [2, 3] for dense_1/kernel, found none'],
    [shaped(6), 'mine: required a gradient of shape [2, 3] for dense_1/kernel, found [6]'],
  ])('%#: is told what it lacks', (made, message) => {
    expect(() => giving(made).aggregate(stack, {})).toThrow(new RangeError(message))
  })
})
