import { normalQuantile } from './normal-quantile.ts'

/** From here on the expansion about the normal quantile is exact to float64's rounding, nearly. */
const MANY = 200

/**
 * Student's t distribution's quantile: the t below which it has, with n degrees of freedom, the probability p.
 *
 * By bisection of the finite sums that hold for whole n (Abramowitz and Stegun, 26.7.3 and 26.7.4), for n from 200 on by
 * their expansion about the normal quantile (26.7.5); with + − × ÷ √ only, so that every JavaScript engine gives the same
 * bits.
 *
 * @param freedom n: a whole number, at least 1.
 * @throws RangeError when p is outside (0, 1), or n isn't a whole number of at least 1.
 *
 * @example
 * studentTQuantile(0.975, 2) // about 4.3027
 */
export function studentTQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentTQuantile: required 0 < p < 1, found ${p}`)
  if (!Number.isInteger(freedom) || freedom < 1) {
    throw new RangeError(`studentTQuantile: required a whole number of degrees of freedom ≥ 1, found ${freedom}`)
  }
  if (freedom >= MANY) return expanded(normalQuantile(p), freedom)
  const t = reachOf(Math.abs(2 * p - 1), freedom)
  return p < 0.5 ? -t : t
}

/** The t with P(|T| ≤ t) = `share`. */
function reachOf(share: number, freedom: number): number {
  if (share === 0) return 0
  let [low, high] = [0, 1]
  while (central(high, freedom) < share && high < 1e300) [low, high] = [high, 2 * high]
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (central(middle, freedom) < share) low = middle
    else high = middle
  }
  return high
}

/** P(|T| ≤ t). */
function central(t: number, freedom: number): number {
  const hypotenuse = Math.sqrt(freedom + t * t)
  const [sine, cosine] = [t / hypotenuse, Math.sqrt(freedom) / hypotenuse]
  const odd = freedom % 2 === 1
  let term = odd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    sum += term
  }
  return odd ? (2 / Math.PI) * (arctangent(t / Math.sqrt(freedom)) + sine * sum) : sine * sum
}

/** Halves the angle until the series needs few terms. */
function arctangent(x: number): number {
  if (x > 0.05) return 2 * arctangent(x / (1 + Math.sqrt(1 + x * x)))
  let sum = 0
  for (let k = 15; k >= 1; k -= 2) sum = 1 / k - x * x * sum
  return x * sum
}

function expanded(z: number, n: number): number {
  const s = z * z
  const terms = [
    ((s + 1) * z) / 4,
    (((5 * s + 16) * s + 3) * z) / 96,
    ((((3 * s + 19) * s + 17) * s - 15) * z) / 384,
    (((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) * z) / 92160,
  ]
  return terms.reduceRight((sum, term) => (sum + term) / n, 0) + z
}
