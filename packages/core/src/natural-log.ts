const view = new DataView(new ArrayBuffer(8))
const LN2_HIGH = 0.6931471803691238 // ln 2 to 33 bits: exact when multiplied by an exponent
const LN2_LOW = 1.9082149292705877e-10

/**
 * ln x for a normal positive number, by + − × ÷ alone, so that its bits don't depend on the JavaScript engine.
 *
 *   x = 2ᵉ·f, f in [√½, √2);  ln x = e·ln 2 + 2·artanh(s), s = (f − 1)/(f + 1), |s| < 0.172
 *
 * Within 2 units in the last place. Zero, subnormal, negative, infinite and NaN arguments are the caller's to avoid.
 */
export function naturalLog(x: number): number {
  view.setFloat64(0, x)
  const top = view.getUint32(0)
  let exponent = (top >>> 20) - 1023
  view.setUint32(0, (top & 0x000fffff) | 0x3ff00000)
  let fraction = view.getFloat64(0)
  if (fraction >= Math.SQRT2) {
    fraction /= 2
    exponent++
  }
  const s = (fraction - 1) / (fraction + 1)
  const q = s * s
  // Σ q^k / (2k + 1), k = 1 … 11: the next term is below 2⁻⁶⁵.
  let series = 1 / 23
  for (let denominator = 21; denominator >= 3; denominator -= 2) series = series * q + 1 / denominator
  const artanh = s + s * q * series
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * artanh)
}
