/** IEEE 754 numbers of 16 bits as float32, which holds every one of them exactly; NaN stays NaN. */
export function floatsOfHalves(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half >> 15 === 0 ? 1 : -1
    const [exponent, fraction] = [(half >> 10) & 31, half & 1023]
    if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25))
  })
}
