import { studentTQuantile } from '@coherent-gradients/core'
import type { Interval } from './interval.ts'

/**
 * Confidence interval of the mean that independent samples come from (one number for each seed):
 *
 *   x̄ ± t₍n−1₎ · s/√n,  s² = Σ(xᵢ − x̄)²/(n − 1)
 *
 * Index legend: i of n samples. Not for the measurements of one run: they depend on one another, see `seriesShare`.
 *
 * @param of what the samples are, in the plural: `3 seeds` is read from `seeds`.
 * @throws RangeError when there are fewer than 2 samples, or one isn't finite, or the level isn't inside (0, 1).
 *
 * @example
 * meanInterval([1, 2, 3]) // { estimate: 2, low: −0.48, high: 4.48, level: 0.95, over: '3 seeds' }
 */
export function meanInterval(samples: readonly number[], level = 0.95, of = 'seeds'): Interval {
  const n = samples.length
  if (n < 2) throw new RangeError(`meanInterval: required at least 2 samples, found ${n}`)
  if (!samples.every(Number.isFinite)) throw new RangeError(`meanInterval: required finite samples, found ${samples}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`meanInterval: required 0 < level < 1, found ${level}`)
  const estimate = samples.reduce((sum, x) => sum + x, 0) / n
  const variance = samples.reduce((sum, x) => sum + (x - estimate) ** 2, 0) / (n - 1)
  const half = studentTQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n)
  return { estimate, low: estimate - half, high: estimate + half, level, over: `${n} ${of}` }
}
