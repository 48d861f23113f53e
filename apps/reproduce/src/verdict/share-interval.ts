import { normalQuantile } from '@coherent-gradients/core'
import type { Interval } from './interval.ts'

/**
 * Wilson's confidence interval of a share: k of n independent trials came out so.
 *
 * Stays inside [0, 1] and is honest at k = 0 and k = n: of 10 out of 10, at least 72% can be said.
 *
 * @param k need not be whole, so that dependent trials can be counted at what they are worth; see `seriesShare`.
 * @param of what the trials are, in the plural.
 * @throws RangeError when n isn't positive and finite, k isn't in [0, n], or the level isn't inside (0, 1).
 *
 * @example
 * shareInterval(10, 10) // { estimate: 1, low: 0.722, high: 1, level: 0.95, over: '10 trials' }
 */
export function shareInterval(k: number, n: number, level = 0.95, of = 'trials'): Interval {
  if (!(n > 0 && n < Infinity)) throw new RangeError(`shareInterval: required n > 0, found ${n}`)
  if (!(k >= 0 && k <= n)) throw new RangeError(`shareInterval: required 0 ≤ k ≤ n = ${n}, found ${k}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`shareInterval: required 0 < level < 1, found ${level}`)
  const z2 = normalQuantile((1 + level) / 2) ** 2
  const share = k / n
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return {
    estimate: share,
    low: k === 0 ? 0 : Math.max(0, centre - half),
    high: k === n ? 1 : Math.min(1, centre + half),
    level,
    over: `${n} ${of}`,
  }
}
