import { derive, keyOf, normals } from '@coherent-gradients/core'
import { Field, FixedSizeList, Float32, Float64, Table, tableToIPC, vectorFromArray, type DataType } from 'apache-arrow'
import { writeFile } from 'node:fs/promises'
import type { SavedArray } from './saved-model.test-support.ts'

/** m: examples. */
export const M = 30
const shapes: Readonly<Record<string, readonly number[]>> = {
  'block/conv/kernel': [3, 2],
  'block/conv/bias': [2],
  scale: [],
}
export const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)

/** Gradients with a common part, the same ones every time. */
export function gradients(m: number = M): Record<string, SavedArray> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => {
      const draws = normals(derive(keyOf('gradients'), i), m * size(shape))
      return [name, { shape: [m, ...shape], data: Float32Array.from(draws, (x) => x + 0.3 * (i + 1)) }]
    }),
  )
}

/** One batch of one column a weight. */
export function arrow(type: (width: number) => DataType, weights: Readonly<Record<string, SavedArray>>): Table {
  const columns = Object.entries(weights).map(([name, { shape, data }]) => {
    const width = data.length / shape[0]!
    const rows = Array.from({ length: shape[0]! }, (_, i) => [...data.subarray(i * width, (i + 1) * width)])
    return [name, vectorFromArray(rows, type(width))] as const
  })
  return new Table(Object.fromEntries(columns))
}

const single = new Field('item', new Float32(), true)
export const double: Field = new Field('item', new Float64(), true)
export const fixed = (width: number): DataType => new FixedSizeList(width, single)
/** Writes a table to a file, as a file of Arrow or as a stream. */
export async function saveArrow(file: string, table: Table): Promise<string> {
  await writeFile(file, tableToIPC(table, file.endsWith('.arrow') ? 'file' : 'stream'))
  return file
}
