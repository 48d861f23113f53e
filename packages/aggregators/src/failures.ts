import type { Failure } from '@coherent-gradients/core'

/** An option of a rule that is missing, unknown, or outside what the rule takes. */
export type InvalidOption = Failure<'InvalidOption', { rule: string; option: string; required: string; found: unknown }>

/** A rule that isn't there. */
export type UnknownRule = Failure<'UnknownRule', { found: unknown; known: readonly string[] }>

export type AggregatorFailure = InvalidOption | UnknownRule
