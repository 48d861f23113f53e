import type { either as E } from 'fp-ts'
import { makeClipByNorm, type ClipByNormOptions } from './clip-by-norm.ts'
import { makeClipRows, type ClipRowsOptions } from './clip-rows.ts'
import type { InvalidOption } from './failures.ts'
import type { GradientTransform } from './gradient-transform.ts'
import { makeGrokfast } from './grokfast.ts'
import { makeMomentum, type MomentumOptions } from './momentum.ts'
import type { RuleOptions } from './parse-options.ts'
import type { StackTransform } from './stack-transform.ts'

/** A stage of a chain that is no rule, as a spec names it. */
export interface NamedStage {
  readonly stage: string
  make(options: RuleOptions): E.Either<InvalidOption, StackTransform | GradientTransform>
}

/** Every stage that may stand beside a rule in a chain. Adding one is its file, its test, and a line here. */
export const stages: readonly NamedStage[] = [
  { stage: 'clip-rows', make: (options) => makeClipRows(options as ClipRowsOptions) },
  { stage: 'clip-by-norm', make: (options) => makeClipByNorm(options as ClipByNormOptions) },
  { stage: 'grokfast', make: makeGrokfast },
  { stage: 'momentum', make: (options) => makeMomentum(options as MomentumOptions) },
]
