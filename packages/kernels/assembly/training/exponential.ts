const log2OfE: f64 = 1.4426950408889634
// ln 2 in two parts, the first with so few bits that k times it is exact.
const ln2High: f64 = 0.693147180369123816490
const ln2Low: f64 = 1.90821492927058770002e-10

/** eˣ for x ≤ 0, to some 1e-15: rounded to float32 it is as good as right. Additions and products only: the same bits everywhere. */
export function exponential(x: f64): f64 {
  // Below, float32 knows only 0.
  if (!(x > -120)) return x == x ? 0 : x
  const k = nearest(x * log2OfE)
  const r = x - k * ln2High - k * ln2Low
  let sum: f64 = 1.0 / 479001600.0
  sum = sum * r + 1.0 / 39916800.0
  sum = sum * r + 1.0 / 3628800.0
  sum = sum * r + 1.0 / 362880.0
  sum = sum * r + 1.0 / 40320.0
  sum = sum * r + 1.0 / 5040.0
  sum = sum * r + 1.0 / 720.0
  sum = sum * r + 1.0 / 120.0
  sum = sum * r + 1.0 / 24.0
  sum = sum * r + 1.0 / 6.0
  sum = sum * r + 0.5
  sum = sum * r + 1.0
  sum = sum * r + 1.0
  return sum * reinterpret<f64>((<i64>k + 1023) << 52)
}

/** ln s for finite s ≥ 1, to some 1e-15; NaN of NaN. */
export function logarithm(s: f64): f64 {
  if (s != s) return s
  const bits = reinterpret<i64>(s)
  let e = (bits >> 52) - 1023
  let m = reinterpret<f64>((bits & 0xfffffffffffff) | (<i64>1023 << 52))
  if (m > 1.4142135623730951) {
    m *= 0.5
    e += 1
  }
  // ln m = 2 artanh z
  const z = (m - 1) / (m + 1)
  const y = z * z
  let sum: f64 = 1.0 / 21.0
  sum = sum * y + 1.0 / 19.0
  sum = sum * y + 1.0 / 17.0
  sum = sum * y + 1.0 / 15.0
  sum = sum * y + 1.0 / 13.0
  sum = sum * y + 1.0 / 11.0
  sum = sum * y + 1.0 / 9.0
  sum = sum * y + 1.0 / 7.0
  sum = sum * y + 1.0 / 5.0
  sum = sum * y + 1.0 / 3.0
  sum = sum * y + 1.0
  return <f64>e * ln2High + (<f64>e * ln2Low + 2 * z * sum)
}
