import { either as E } from 'fp-ts'
import type { InvalidOption } from './failures.ts'

/** A rule's options as plain data. */
export type RuleOptions = Readonly<Record<string, unknown>>

/** What an option must be, in words and as a test. */
export interface OptionType<Value = number> {
  readonly required: string
  readonly is: (value: unknown) => boolean
  /** Only a type: what a value is for which `is` says true. */
  readonly value?: Value
}

/** The options that were given, each of its type. */
export type Parsed<Types> = { readonly [Name in keyof Types]?: Types[Name] extends OptionType<infer V> ? V : never }

const whole = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && (value as number) >= least
const within = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most

export const wholeFrom0: OptionType = { required: 'a whole number ≥ 0', is: (value) => whole(value, 0) }
export const wholeFrom1: OptionType = { required: 'a whole number ≥ 1', is: (value) => whole(value, 1) }
export const percentage: OptionType = between(0, 50)

/** A number from `least` to `most`, both included. */
export function between(least: number, most: number): OptionType {
  return { required: `a number from ${least} to ${most}`, is: (value) => within(value, least, most) }
}

/** One of some words. */
export function oneOf<Word extends string>(...words: readonly Word[]): OptionType<Word> {
  return {
    required: `one of ${words.join(', ')}`,
    is: (value) => words.includes(value as Word),
  }
}

/**
 * Reads a rule's options: each one that is given must be known and of its type. Absent ones are left out of the result.
 */
export function parseOptions<Types extends Readonly<Record<string, OptionType<unknown>>>>(
  rule: string,
  options: RuleOptions,
  types: Types,
): E.Either<InvalidOption, Parsed<Types>> {
  const known = Object.keys(types)
  const given: Record<string, unknown> = {}
  for (const [option, found] of Object.entries(options)) {
    if (found === undefined) continue
    const type = Object.hasOwn(types, option) ? types[option] : undefined
    if (type === undefined) {
      return E.left(
        invalidOption(rule, option, known.length === 0 ? 'no options' : `one of ${known.join(', ')}`, option),
      )
    }
    if (!type.is(found)) return E.left(invalidOption(rule, option, type.required, found))
    given[option] = found
  }
  return E.right(given as Parsed<Types>)
}

/** The option's value, or a failure where it isn't given. */
export function requireOption<Value>(
  rule: string,
  option: string,
  { required }: OptionType<Value>,
  found: Value | undefined,
): E.Either<InvalidOption, Value> {
  return found === undefined ? E.left(invalidOption(rule, option, required, found)) : E.right(found)
}

export function invalidOption(rule: string, option: string, required: string, found: unknown): InvalidOption {
  const message = `${rule}, option ${option}: required ${required}, found ${typeof found === 'string' ? `'${found}'` : String(found)}`
  return { _tag: 'InvalidOption', message, rule, option, required, found }
}
