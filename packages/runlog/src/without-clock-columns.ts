import { columnsOf } from './columns-of.ts'
import type { TableName, TableRows } from './tables.ts'

/**
 * A table's rows without the columns that differ between runs of the same spec: what is left can be compared.
 *
 * @example
 * withoutClockColumns('steps', rows) // the same rows, `elapsedMs` gone
 */
export function withoutClockColumns<Name extends TableName>(
  table: Name,
  rows: readonly TableRows[Name][],
): readonly Omit<TableRows[Name], 'elapsedMs'>[] {
  const clocks = new Set(columnsOf(table).flatMap(({ clock, key }) => (clock ? [key] : [])))
  return rows.map(
    (row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => !clocks.has(key))) as Omit<TableRows[Name], 'elapsedMs'>,
  )
}
