/**
 * How far numbers are from the expected ones: ‖found − expected‖ over the expected ones' length, but at least over
 * `scale`, the size of what they are a small difference of. Infinity where there are more or fewer, or one isn't a number.
 */
export function errorOf(found: ArrayLike<number>, expected: ArrayLike<number>, scale = 0): number {
  if (found.length !== expected.length) return Infinity
  let [apart, length] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    apart += (found[i]! - expected[i]!) ** 2
    length += expected[i]! ** 2
  }
  if (apart === 0) return 0
  const error = Math.sqrt(apart) / Math.max(Math.sqrt(length), scale)
  return Number.isNaN(error) ? Infinity : error
}
