import type { Aggregator } from '@coherent-gradients/gradients'
import { either as E } from 'fp-ts'
import type { RuleFileFailure } from './own-rule.ts'

/** The rule that a module gives: its default export, or what that makes when called without arguments. */
export function ruleOfModule(
  file: string,
  exported: Readonly<Record<string, unknown>>,
): E.Either<RuleFileFailure, Aggregator> {
  const no = (message: string): E.Either<RuleFileFailure, never> =>
    E.left({ _tag: 'NoRuleInFile', message: `${file}: ${message}`, file })
  if (exported['default'] === undefined) {
    const others = Object.keys(exported)
    const found = others.length === 0 ? 'no exports' : others.join(', ')
    return no(`required an aggregator, or a function that makes one, as the default export, found ${found}`)
  }
  let found: unknown = exported['default']
  if (typeof found === 'function') {
    try {
      found = (found as () => unknown)()
    } catch (error) {
      return no(`its default export throws: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const lacking = whatLacks(found)
  return lacking === undefined ? E.right(found as Aggregator) : no(`required an aggregator with ${lacking}`)
}

/** What a value lacks of an aggregator, with what it has instead; undefined where it is one. */
function whatLacks(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return `name, rows, init and aggregate, found ${value === null ? 'null' : typeof value}`
  }
  if (value instanceof Promise) return 'name, rows, init and aggregate, found a promise: make it without waiting'
  const { name, rows, init, aggregate } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name === '') return `a name, such as 'sign-mean', found ${inWords(name)}`
  if (!areRows(rows)) {
    return `rows { of: 'examples' } or { of: 'micro-batches', groups: k }, found ${inWords(rows)}`
  }
  if (typeof init !== 'function') return `a function init(weights) that gives its state, found ${inWords(init)}`
  if (typeof aggregate !== 'function') {
    return `a function aggregate(stack, state) that gives { gradient, state }, found ${inWords(aggregate)}`
  }
  return undefined
}

function areRows(rows: unknown): boolean {
  if (typeof rows !== 'object' || rows === null) return false
  const { of, groups } = rows as Readonly<Record<string, unknown>>
  return of === 'examples' || (of === 'micro-batches' && Number.isSafeInteger(groups) && (groups as number) >= 1)
}

function inWords(value: unknown): string {
  return value === undefined ? 'none' : typeof value === 'function' ? 'a function' : JSON.stringify(value)
}
