import type { Split } from '@coherent-gradients/core'
import { cleanLabels, tellingLabels } from '../read-labels.ts'
import { rowIndex } from '../row-index.ts'

/** Examples that are made when they are read. */
export interface Generator {
  readonly name: string
  readonly n: number
  readonly inputShape: readonly number[]
  readonly classes: number
  labelOf(id: number): number
  /** Writes the input of one example. */
  write(id: number, input: Float32Array): void
}

/** A split of made-up examples, with ids from 0 to n − 1. Nothing is kept but labels. */
export function generatedSplit({ name, n, inputShape, classes, labelOf, write }: Generator): Split {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${name}: required examples ≥ 0, found ${n}`)
  const size = inputShape.reduce((product, side) => product * side, 1)
  const ids = Uint32Array.from({ length: n }, (_, id) => id)
  const index = rowIndex(name, ids)
  const labels = Int32Array.from(ids, (id) => labelOf(id))
  const split: Split = {
    name,
    ids,
    inputShape,
    classes,
    async read(wanted) {
      const rows = index.rows(wanted)
      const inputs = new Float32Array(rows.length * size)
      rows.forEach((id, i) => write(id, inputs.subarray(i * size, (i + 1) * size)))
      return { ...cleanLabels(wanted, rows, labels), inputShape, inputs }
    },
  }
  return tellingLabels(split, async (wanted) => cleanLabels(wanted, index.rows(wanted), labels))
}
