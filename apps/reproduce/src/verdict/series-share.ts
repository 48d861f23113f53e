import { effectiveCount } from './effective-count.ts'
import type { Interval } from './interval.ts'
import { shareInterval } from './share-interval.ts'

/**
 * The share of one run's measurements that satisfy a condition, with an interval, for claims like "near 1 all through
 * the fit" where there is one seed.
 *
 * Neighbouring measurements of a run resemble one another, so they are counted as the number of independent ones that
 * they are worth ({@link effectiveCount}), not as many as were written. The interval speaks of this run: how often the
 * condition holds in it. What another seed would do, it can't say, and a verdict from it should tell so.
 *
 * @param values measurements in order, without the first steps' transient.
 * @returns `undefined` when there are no values. A value that isn't finite satisfies nothing.
 */
export function seriesShare(
  values: readonly number[],
  satisfies: (value: number) => boolean,
  level = 0.95,
): Interval | undefined {
  if (values.length === 0) return undefined
  const holds = values.map((value) => Number.isFinite(value) && satisfies(value))
  const share = holds.filter(Boolean).length / values.length
  const worth = values.every(Number.isFinite) ? effectiveCount(values) : effectiveCount(holds.map(Number))
  const interval = shareInterval(share * worth, worth, level)
  return { ...interval, over: `${values.length} measurements of one run, worth ${worth.toFixed(0)} independent ones` }
}
