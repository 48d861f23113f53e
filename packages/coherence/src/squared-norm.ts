/** ‖v‖², summed from left to right in float64. */
export function squaredNorm(vector: Float64Array): number {
  let sum = 0
  for (let j = 0; j < vector.length; j++) sum += vector[j]! * vector[j]!
  return sum
}
