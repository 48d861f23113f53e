/** log Σ exp(xᵢ), without leaving float64 on the way; −Infinity for no terms, or none but zeros. */
export function logSumExp(logs: readonly number[]): number {
  let largest = -Infinity
  for (const x of logs) if (x > largest) largest = x
  if (largest === -Infinity) return -Infinity
  let sum = 0
  for (const x of logs) sum += Math.exp(x - largest)
  return largest + Math.log(sum)
}
