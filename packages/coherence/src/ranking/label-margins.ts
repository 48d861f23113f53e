import { checkTable } from './check-table.ts'

/**
 * By how much each example's label beats the best of the other classes.
 *
 *   marginᵢ = z_{i,yᵢ} − max_{c ≠ yᵢ} z_ic
 *
 * Index legend: i of m examples, c of C classes, yᵢ the label of example i. Of logits or of probabilities, whichever
 * `outputs` is. Negative where the network would give another label.
 *
 * @param outputs [m × C] row-major.
 * @throws RangeError when there are fewer than two classes, `outputs` isn't [m × C], or a label isn't a class.
 *
 * @example
 * labelMargins([2, 1, 0, 5], [0, 0], 2) // [1, -5]
 */
export function labelMargins(outputs: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Float64Array {
  checkTable('labelMargins', outputs, labels, classes)
  return Float64Array.from(labels, (label, i) => {
    let best = -Infinity
    for (let c = 0; c < classes; c++) if (c !== label) best = Math.max(best, outputs[i * classes + c]!)
    return outputs[i * classes + label]! - best
  })
}
