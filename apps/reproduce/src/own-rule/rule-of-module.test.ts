import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { ruleOfModule } from './rule-of-module.ts'

describe('the module of a rule', () => {
  const rule = { name: 'r', rows: { of: 'examples' }, init: () => ({}), aggregate: () => ({ gradient: {}, state: {} }) }

  it('exports a rule, or a function that makes one', () => {
    expect(ruleOfModule('m.ts', { default: rule })).toEqual(E.right(rule))
    expect(ruleOfModule('m.ts', { default: () => rule })).toEqual(E.right(rule))
  })

  it.each<[Record<string, unknown>, string]>([
    [{}, 'required an aggregator, or a function that makes one, as the default export, found no exports'],
    [{ rule }, 'required an aggregator, or a function that makes one, as the default export, found rule'],
    [
      {
        default: () => {
          throw new RangeError('percent: 80')
        },
      },
      'its default export throws: percent: 80',
    ],
    [{ default: 7 }, 'required an aggregator with name, rows, init and aggregate, found number'],
    [{ default: async () => rule }, 'with name, rows, init and aggregate, found a promise: make it without waiting'],
    [{ default: { ...rule, name: '' } }, 'required an aggregator with a name, such as \'sign-mean\', found ""'],
    [{ default: { ...rule, rows: { of: 'batches' } } }, '{ of: \'micro-batches\', groups: k }, found {"of":"batches"}'],
    [{ default: { ...rule, rows: { of: 'micro-batches', groups: 0 } } }, 'groups: k }, found {"of":"micro-batches"'],
    [{ default: { ...rule, init: {} } }, 'a function init(weights) that gives its state, found {}'],
    [{ default: { ...rule, aggregate: undefined } }, 'that gives { gradient, state }, found none'],
  ])('%#: is told what it lacks', (exported, message) => {
    const made = ruleOfModule('m.ts', exported)
    expect(E.isLeft(made) && made.left.message.startsWith('m.ts: ')).toBe(true)
    expect(E.isLeft(made) && made.left.message).toContain(message)
  })
})
