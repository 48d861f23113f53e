import type { Numbers } from './numbers.ts'

/**
 * Distance of two vectors relative to the length of the expected one, in the Euclidean norm of the whole vector.
 *
 *   ‖actual − expected‖ / ‖expected‖
 *
 * Nested arrays are flattened. 0 when both are zero, Infinity when only the expected one is; NaN when an element is NaN.
 *
 * @throws RangeError when the numbers of elements differ.
 *
 * @example
 * relativeError([3, 4.5], [3, 4]) // 0.1
 */
export function relativeError(actual: Numbers, expected: Numbers): number {
  const a = flatten(actual)
  const e = flatten(expected)
  if (a.length !== e.length) throw new RangeError(`relativeError: required ${e.length} elements, found ${a.length}`)
  let difference = 0
  let length = 0
  for (let i = 0; i < e.length; i++) {
    difference = Math.hypot(difference, a[i]! - e[i]!)
    length = Math.hypot(length, e[i]!)
  }
  return difference === 0 && length === 0 ? 0 : difference / length
}

function flatten(numbers: Numbers): ArrayLike<number> {
  if (typeof numbers === 'number') return [numbers]
  if (ArrayBuffer.isView(numbers)) return numbers as unknown as ArrayLike<number>
  const flat: number[] = []
  for (const part of Array.from(numbers as ArrayLike<Numbers>)) {
    if (typeof part === 'number') flat.push(part)
    else for (const x of Array.from(flatten(part))) flat.push(x)
  }
  return flat
}
