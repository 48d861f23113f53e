const HALVINGS = 12

/**
 * exp(−t) for t ≥ 0 by products and sums alone, so that it has the same bits on every machine, which `Math.exp` has not.
 * Relative error below 10⁻¹⁰ up to t = 100.
 */
export function exponential(t: number): number {
  const x = t / 2 ** HALVINGS
  let value = 1 - x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6)))))
  for (let i = 0; i < HALVINGS; i++) value *= value
  return value
}
