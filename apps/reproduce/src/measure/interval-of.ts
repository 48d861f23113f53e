import type { MeasuredScope } from './scopes-of.ts'

/**
 * Where m·α would fall with 95% of all draws of examples: 1 + (m − 1)·α_d at both ends of the debiased α's interval, kept
 * inside [0, m]; null where no interval is known.
 */
export function intervalOf({ m, interval }: MeasuredScope): readonly [number, number] | null {
  if (interval === null) return null
  return [Math.max(0, 1 + (m - 1) * interval.low), Math.min(m, 1 + (m - 1) * interval.high)]
}
