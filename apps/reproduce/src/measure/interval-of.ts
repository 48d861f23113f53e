import { normalQuantile } from '@coherent-gradients/core'
import type { MeasuredScope } from './scopes-of.ts'

/** m·α ± 1.96 standard errors, kept inside [0, m]; null where no error is known. */
export function intervalOf({ m, mAlpha, standardError }: MeasuredScope): readonly [number, number] | null {
  if (standardError === null) return null
  const half = normalQuantile(0.975) * m * standardError
  return [Math.max(0, mAlpha - half), Math.min(m, mAlpha + half)]
}
