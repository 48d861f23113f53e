import { bisect } from './bisect.ts'

/**
 * P(|T| ≤ t) of Student's t with n degrees of freedom at t = √n · tan θ, by the finite sums that hold for whole n
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 */
function central(theta: number, freedom: number): number {
  const square = Math.cos(theta) ** 2
  const odd = freedom % 2 === 1
  let term = odd ? Math.cos(theta) : 1
  let sum = freedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * square
    sum += term
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

/**
 * The t below which Student's t distribution has the probability `p`.
 *
 * @param freedom degrees of freedom: a whole number, at least 1.
 * @throws RangeError when `p` isn't inside (0, 1) or `freedom` isn't a whole number of at least 1.
 *
 * @example
 * studentTQuantile(0.975, 2) // 4.302652729749464
 */
export function studentTQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentTQuantile: required 0 < p < 1, found ${p}`)
  if (!Number.isInteger(freedom) || freedom < 1) {
    throw new RangeError(`studentTQuantile: required a whole number of degrees of freedom ≥ 1, found ${freedom}`)
  }
  const theta = bisect((angle) => central(angle, freedom), Math.abs(2 * p - 1), 0, Math.PI / 2)
  return Math.sign(p - 0.5) * Math.sqrt(freedom) * Math.tan(theta)
}
