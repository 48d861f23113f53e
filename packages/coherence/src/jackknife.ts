/**
 * The jackknife's standard error of an estimate θ, from the m estimates θ₍ᵢ₎ with one example left out.
 *
 *   se² = (m − 1)/m · Σᵢ (θ₍ᵢ₎ − mean of θ₍ⱼ₎)²
 */
export function jackknife(without: Float64Array): number {
  const m = without.length
  const mean = without.reduce((sum, x) => sum + x, 0) / m
  return Math.sqrt(((m - 1) / m) * without.reduce((sum, x) => sum + (x - mean) ** 2, 0))
}
