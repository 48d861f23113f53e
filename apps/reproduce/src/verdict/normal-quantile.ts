import { bisect } from './bisect.ts'

/** P(|Z| ≤ z) for a standard normal Z: 2φ(z) · (z + z³/3 + z⁵/(3·5) + …). */
function central(z: number): number {
  let [sum, term] = [z, z]
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2) * sum
}

/**
 * The z below which the standard normal distribution has the probability `p`; right to 1e-9 for p in [1e-8, 1 − 1e-8].
 *
 * @throws RangeError when `p` isn't inside (0, 1).
 *
 * @example
 * normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: required 0 < p < 1, found ${p}`)
  return Math.sign(p - 0.5) * bisect(central, Math.abs(2 * p - 1), 0, 8)
}
