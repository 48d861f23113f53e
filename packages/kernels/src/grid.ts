const size = new Float32Array(1)
const bits = new Int32Array(size.buffer)

/**
 * Rounding of sizes from 0 to a largest one, to 23 bits of it: to the nearest multiple of 2⁻²³ · 2ᵏ, where 2ᵏ is the lowest
 * power of two above the largest, at least 2⁻¹²⁶; of two that are equally near to the even one. A rounded size is off by at
 * most 2⁻²³ times the largest one.
 */
export function grid(largest: number): (size: number) => number {
  // There is no float32 number above: sizes are halved.
  const scale = largest < 2 ** 127 ? 1 : 0.5
  size[0] = largest * scale
  bits[0] = (bits[0]! & 0x7f800000) + 0x00800000
  const power = size[0]!
  return scale === 1 ? (x) => Math.fround(x + power) - power : (x) => (Math.fround(x * scale + power) - power) / scale
}
