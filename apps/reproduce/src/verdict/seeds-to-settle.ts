import { studentTQuantile } from '@coherent-gradients/core'
import { mean } from '../statistics/mean.ts'

/** More than anybody would run. */
const MOST = 50

/**
 * How many seeds it would take for the interval of their mean to leave a threshold out, if their mean and spread stayed
 * what those of these samples are: the least n with t₍n−1₎ · s/√n < |x̄ − threshold|.
 *
 * @returns undefined where fifty are too few.
 *
 * @example
 * seedsToSettle([1, 2, 6], 1) // 10
 */
export function seedsToSettle(samples: readonly number[], threshold: number, level = 0.95): number | undefined {
  const centre = mean(samples)
  const spread = Math.sqrt(samples.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (samples.length - 1))
  for (let n = samples.length + 1; n <= MOST; n += 1) {
    const half = (studentTQuantile((1 + level) / 2, n - 1) * spread) / Math.sqrt(n)
    if (half < Math.abs(centre - threshold)) return n
  }
  return undefined
}
