import type { Split } from '@coherent-gradients/core'
import { unitRows } from '@coherent-gradients/kernels'
import { cleanLabels, tellingLabels } from './read-labels.ts'
import { rowIndex } from './row-index.ts'

export interface SplitArrays {
  readonly name: string
  /** [n × d] row-major. Bytes are pixels and are divided by 255 as they are read; floats are taken as they are. */
  readonly inputs: Uint8Array | Float32Array
  /** [n] class labels, 0 to classes − 1. */
  readonly labels: ArrayLike<number>
  readonly inputShape: readonly number[]
  readonly classes: number
  /** [n] each example's id; 0 to n − 1 when absent. */
  readonly ids?: ArrayLike<number>
}

/**
 * A split over arrays in memory.
 *
 * Index legend: n examples, d numbers an input (the product of `inputShape`). Labels and ids are copied; `inputs` is
 * kept as it is, so don't write to it afterwards. Labels are the true labels; nothing is touched.
 *
 * @throws RangeError when lengths don't fit together, a label is not an integer in [0, classes), an id is not an
 *   unsigned 32-bit integer, or an id appears twice.
 *
 * @example
 * const xor = splitOf({
 *   name: 'xor', inputs: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), labels: [0, 1, 1, 0], inputShape: [2], classes: 2,
 * })
 */
export function splitOf(arrays: SplitArrays): Split {
  const { name, inputs, inputShape, classes } = arrays
  const size = inputShape.reduce((product, length) => product * length, 1)
  const n = arrays.labels.length
  if (inputs.length !== n * size) {
    throw new RangeError(
      `${name}: required ${n} labels × [${inputShape.join(', ')}] = ${n * size} numbers, found ${inputs.length}`,
    )
  }
  if (arrays.ids !== undefined && arrays.ids.length !== n) {
    throw new RangeError(`${name}: required an id for each of ${n} labels, found ${arrays.ids.length}`)
  }
  const all = Int32Array.from(arrays.labels)
  for (let row = 0; row < n; row++) {
    const label = arrays.labels[row] as number
    if (all[row] !== label || label < 0 || label >= classes) {
      throw new RangeError(`${name}: required labels in 0 … ${classes - 1}, found ${label} in row ${row}`)
    }
  }
  const ids = Uint32Array.from({ length: n }, (_, row) => arrays.ids?.[row] ?? row)
  for (let row = 0; row < n; row++) {
    const id = arrays.ids?.[row] ?? row
    if (ids[row] !== id) throw new RangeError(`${name}: required ids in 0 … 2³² − 1, found ${id} in row ${row}`)
  }
  const index = rowIndex(name, ids)

  const split: Split = {
    name,
    ids,
    inputShape,
    classes,
    async read(wanted) {
      const rows = index.rows(wanted)
      const taken = inputs instanceof Float32Array ? copiedRows(inputs, rows, size) : unitRows(inputs, rows, size)
      return { ...cleanLabels(wanted, rows, all), inputShape, inputs: taken }
    },
  }
  return tellingLabels(split, async (wanted) => cleanLabels(wanted, index.rows(wanted), all))
}

function copiedRows(inputs: Float32Array, rows: Uint32Array, size: number): Float32Array {
  const out = new Float32Array(rows.length * size)
  rows.forEach((row, i) => out.set(inputs.subarray(row * size, (row + 1) * size), i * size))
  return out
}
