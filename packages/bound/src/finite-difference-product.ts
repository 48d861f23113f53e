import { requireSameSize } from './require-same-size.ts'

/** The gradient of one function of the weights, or of the mean of some, at given weights. */
export type GradientAt = (weights: Float64Array) => Float64Array | Promise<Float64Array>

/**
 * Products with the Hessian by central differences of the gradient, without the Hessian.
 *
 *   H v ≈ ‖v‖ · (g(w + εu) − g(w − εu)) / 2ε,  u = v/‖v‖
 *
 * Index legend: w, v [p]. The error is of order ε² ∂³ and r/ε, where r is the gradient's rounding: `distance` 1e-5 suits
 * float64, and 1e-2 networks in float32. A kink (ReLU) closer than ε is smoothed over.
 *
 * @param distance ε > 0.
 * @returns a function [p] → [p].
 * @throws RangeError when ε isn't above 0; when the gradient or a vector has another length than the weights.
 *
 * @example
 * const product = finiteDifferenceProduct((w) => w.map((x, j) => (j + 1) * x), Float64Array.of(1, 1), 1e-3)
 * await product(Float64Array.of(0, 1)) // [0, 2]
 */
export function finiteDifferenceProduct(
  gradient: GradientAt,
  weights: Float64Array,
  distance: number,
): (v: Float64Array) => Promise<Float64Array> {
  if (!(distance > 0 && distance < Infinity)) {
    throw new RangeError(`finiteDifferenceProduct: required a distance > 0, found ${distance}`)
  }
  return async (v) => {
    requireSameSize('finiteDifferenceProduct', weights.length, v.length)
    const norm = Math.hypot(...chunkNorms(v))
    if (norm === 0) return new Float64Array(v.length)
    const step = distance / norm
    const ahead = Float64Array.from(await gradient(weights.map((w, j) => w + step * v[j]!)))
    const behind = await gradient(weights.map((w, j) => w - step * v[j]!))
    requireSameSize('finiteDifferenceProduct', weights.length, ahead.length)
    return ahead.map((a, j) => (a - behind[j]!) / (2 * step))
  }
}

/** Math.hypot takes arguments, of which a million are too many. */
function chunkNorms(v: Float64Array): number[] {
  const norms: number[] = []
  for (let from = 0; from < v.length; from += 1024) norms.push(Math.hypot(...v.subarray(from, from + 1024)))
  return norms
}
