import { naturalLog } from './natural-log.ts'

// Wichura's coefficients, lowest power first, rounded to float64.
const central = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}
const nearTail = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}
const farTail = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

/**
 * The standard normal distribution's quantile: the z with Φ(z) = p, for p in [2⁻¹⁰²², 1).
 *
 * Wichura's rational approximations (relative error about 1e-16), with + − × ÷ √ and {@link naturalLog} only: the same
 * bits on every JavaScript engine. `normalQuantile(1 − p)` is `−normalQuantile(p)` where 1 − p is exact.
 *
 * @throws RangeError when p is outside [2⁻¹⁰²², 1).
 * @see Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988.
 *
 * @example
 * normalQuantile(0.975) // 1.9599639845400536
 */
export function normalQuantile(p: number): number {
  if (!(p >= 2 ** -1022 && p < 1)) throw new RangeError(`normalQuantile: required p in [2⁻¹⁰²², 1), found ${p}`)
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) return q * ratio(central, 0.180625 - q * q)
  const root = Math.sqrt(-naturalLog(q < 0 ? p : 1 - p))
  const z = root <= 5 ? ratio(nearTail, root - 1.6) : ratio(farTail, root - 5)
  return q < 0 ? -z : z
}

function ratio(of: typeof central, r: number): number {
  return polynomial(of.numerator, r) / polynomial(of.denominator, r)
}

function polynomial(coefficients: readonly number[], r: number): number {
  let value = 0
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * r + (coefficients[i] as number)
  return value
}
