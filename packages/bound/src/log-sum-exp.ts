/** log Σ exp(xᵢ), without leaving float64 on the way; −Infinity for no terms, or none but zeros. */
export function logSumExp(logs: ArrayLike<number>): number {
  const n = logs.length
  let largest = -Infinity
  for (let i = 0; i < n; i++) largest = Math.max(largest, logs[i]!)
  if (!Number.isFinite(largest)) return largest
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const term = Math.exp(logs[i]! - largest)
    const next = sum + term
    lost += Math.abs(sum) >= term ? sum - next + term : term - next + sum
    sum = next
  }
  return largest + Math.log(sum + lost)
}
