import { either as E } from 'fp-ts'
import type { Failure } from './failure.ts'

/** An option's value lies outside what it may be. */
export type OutOfRange = Failure<'OutOfRange', { option: string; from: number; to: number; found: number }>

/**
 * Parses a number that must lie in [from, to], ends included. NaN lies nowhere.
 *
 * @example
 * numberInRange('fraction', 1.5, 0, 1) // left: "fraction: required a number from 0 to 1, found 1.5"
 */
export function numberInRange(option: string, found: number, from: number, to: number): E.Either<OutOfRange, number> {
  if (found >= from && found <= to) return E.right(found)
  const message = `${option}: required a number from ${from} to ${to}, found ${found}`
  return E.left({ _tag: 'OutOfRange', message, option, from, to, found })
}
