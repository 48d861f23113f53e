import { fc } from '@fast-check/vitest'
import { columnsOf, type AnyRow, type Column } from '../columns-of.ts'
import type { TableName, TableRows } from '../tables.ts'

const values: { readonly [Type in Column['type']]: () => fc.Arbitrary<AnyRow[string]> } = {
  int32: () => fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: () => fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  float64: () => fc.double(),
  bool: () => fc.boolean(),
  utf8: () => fc.string({ unit: 'binary' }),
}

/** Any rows that a table can hold: every int32, NaN, infinities, −0, any well-formed text, nulls where they may be. */
export function anyRows<Name extends TableName>(table: Name): fc.Arbitrary<TableRows[Name][]> {
  const row = fc.record(
    Object.fromEntries(
      columnsOf(table).map(({ key, type, nullable }) => [key, nullable ? fc.option(values[type]()) : values[type]()]),
    ),
    { noNullPrototype: true },
  )
  return fc.array(row, { maxLength: 20 }) as unknown as fc.Arbitrary<TableRows[Name][]>
}

/** The rows of some flushes, one after another; a flush may have none. */
export function anyFlushes<Name extends TableName>(table: Name): fc.Arbitrary<TableRows[Name][][]> {
  return fc.array(anyRows(table), { maxLength: 4 })
}
