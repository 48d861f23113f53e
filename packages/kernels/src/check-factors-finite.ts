import type { FactoredRows } from './factored-rows.ts'

/**
 * Refuses a row whose outer product has a value that isn't finite: a factor that isn't (even beside a zero, since
 * 0·∞ is NaN), or a product too large for float32. The largest product of a row is that of its largest factors.
 */
export function checkFactorsFinite(name: string, stack: FactoredRows): void {
  const { activations, deltas, rows, inputs, outputs } = stack
  for (let i = 0; i < rows; i++) {
    const activation = largest(activations, i * inputs, (i + 1) * inputs)
    const delta = largest(deltas, i * outputs, (i + 1) * outputs)
    if (Number.isFinite(Math.fround(activation * delta)) && Number.isFinite(activation) && Number.isFinite(delta))
      continue
    const found =
      Number.isFinite(activation) && Number.isFinite(delta)
        ? `the product ${activation} × ${delta}, which float32 cannot hold,`
        : `${Number.isFinite(activation) ? `a delta of size ${delta}` : `an activation of size ${activation}`}`
    throw new RangeError(`${name}: required finite values, found ${found} in row ${i} of ${rows}`)
  }
}

function largest(values: Float32Array, from: number, to: number): number {
  let size = 0
  for (let j = from; j < to; j++) {
    const value = Math.abs(values[j]!)
    if (!(value <= size)) size = value
    if (Number.isNaN(size)) return size
  }
  return size
}
