import type { QuantityRow } from '@coherent-gradients/runlog'
import { firstOf } from '../quantities.ts'

/**
 * By how much a small step down example j's gradient lowers the loss of example i, as a share of what a step of its own
 * would do: gᵢ·gⱼ / gᵢ·gᵢ, at the first weights.
 */
export function helpOf(rows: readonly QuantityRow[], series: string, i: number, j: number): number {
  return firstOf(rows, series, 'g·g′', `${i},${j}`) / firstOf(rows, series, 'g·g′', `${i},${i}`)
}
