import type { FormedRows } from './formed-rows.ts'
import type { Ranks } from './ranks.ts'

/** Rows of numbers as the kernels take them. */
export function formedRows(rows: readonly (readonly number[])[]): FormedRows {
  return { values: Float32Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 0 }
}

/** Each column sorted, in float64: obviously right, and slow. */
export function sortedColumns({ values, rows, columns }: FormedRows): number[][] {
  return Array.from({ length: columns }, (_, j) =>
    Array.from({ length: rows }, (__, i) => values[i * columns + j]!).toSorted((x, y) => x - y),
  )
}

export function winsorizedByDefinition(stack: FormedRows, { lower, upper }: Ranks): number[] {
  return sortedColumns(stack).map((sorted) =>
    mean(sorted.map((value) => Math.min(Math.max(value, sorted[lower]!), sorted[upper]!))),
  )
}

export function trimmedByDefinition(stack: FormedRows, { lower, upper }: Ranks): number[] {
  return sortedColumns(stack).map((sorted) => mean(sorted.slice(lower, upper + 1)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
