import { either as E } from 'fp-ts'
import type { InvalidOption } from './failures.ts'

/** A rule's options as plain data. */
export type RuleOptions = Readonly<Record<string, unknown>>

/** What an option must be, in words and as a test. */
export interface OptionType {
  readonly required: string
  readonly is: (value: unknown) => boolean
}

const whole = (value: unknown): boolean => Number.isSafeInteger(value)

export const percentage: OptionType = {
  required: 'a number from 0 to 50',
  is: (value) => typeof value === 'number' && value >= 0 && value <= 50,
}
export const wholeFrom0: OptionType = {
  required: 'a whole number ≥ 0',
  is: (value) => whole(value) && (value as number) >= 0,
}
export const wholeFrom1: OptionType = {
  required: 'a whole number ≥ 1',
  is: (value) => whole(value) && (value as number) >= 1,
}

/**
 * Reads a rule's options: each one that is given must be known and of its type. Absent ones are left out of the result.
 */
export function parseOptions<Name extends string>(
  rule: string,
  options: RuleOptions,
  types: Readonly<Record<Name, OptionType>>,
): E.Either<InvalidOption, Readonly<Partial<Record<Name, number>>>> {
  const known = Object.keys(types)
  const given: Partial<Record<string, number>> = {}
  for (const [option, found] of Object.entries(options)) {
    if (found === undefined) continue
    const type = (types as Readonly<Record<string, OptionType>>)[option]
    if (type === undefined) {
      return E.left(
        invalidOption(rule, option, known.length === 0 ? 'no options' : `one of ${known.join(', ')}`, option),
      )
    }
    if (!type.is(found)) return E.left(invalidOption(rule, option, type.required, found))
    given[option] = found as number
  }
  return E.right(given as Partial<Record<Name, number>>)
}

export function invalidOption(rule: string, option: string, required: string, found: unknown): InvalidOption {
  const message = `${rule}, option ${option}: required ${required}, found ${typeof found === 'string' ? `'${found}'` : String(found)}`
  return { _tag: 'InvalidOption', message, rule, option, required, found }
}
