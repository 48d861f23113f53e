import { normalQuantile } from '@coherent-gradients/core'
import type { Interval } from './interval.ts'

/**
 * Spearman's rank correlation of two lists with its interval by Fisher's transformation, the standard error of which is
 * √(1.06/(n − 3)); ties share their mean rank.
 *
 * @returns undefined below 4 pairs, and where one list doesn't vary.
 * @throws RangeError when the lists differ in length.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[], over: string): Interval | undefined {
  if (a.length !== b.length) throw new RangeError(`required as many of both, found ${a.length} and ${b.length}`)
  const n = a.length
  if (n < 4) return undefined
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (n + 1) / 2
  const dot = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, i) => sum + (value - middle) * (q[i]! - middle), 0)
  const scale = Math.sqrt(dot(x, x) * dot(y, y))
  if (scale === 0) return undefined
  const estimate = dot(x, y) / scale
  const centre = Math.atanh(Math.max(-MOST, Math.min(MOST, estimate)))
  const reach = normalQuantile(0.975) * Math.sqrt(1.06 / (n - 3))
  return { estimate, low: Math.tanh(centre - reach), high: Math.tanh(centre + reach), level: 0.95, over }
}

/** A perfect order would have no interval. */
const MOST = 1 - 1e-6

function ranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}
