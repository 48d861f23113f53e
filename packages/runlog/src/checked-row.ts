import type { AnyRow, Column } from './columns-of.ts'

const required: Readonly<Record<Column['type'], { what: string; holds: (value: unknown) => boolean }>> = {
  int32: { what: 'an int32', holds: (value) => Number.isInteger(value) && value === ((value as number) | 0) },
  uint32: { what: 'a uint32', holds: (value) => Number.isInteger(value) && value === (value as number) >>> 0 },
  float64: { what: 'a number', holds: (value) => typeof value === 'number' },
  bool: { what: 'a boolean', holds: (value) => typeof value === 'boolean' },
  utf8: { what: 'well-formed text', holds: (value) => typeof value === 'string' && !/\p{Surrogate}/u.test(value) },
}

/**
 * The row, once every field is seen to fit its column: a file must not hold a wrapped integer or a null that its
 * schema excludes.
 *
 * @throws TypeError with required and found.
 */
export function checkedRow(table: string, columns: readonly Column[], row: object): AnyRow {
  const values = row as AnyRow
  for (const { key, type, nullable } of columns) {
    const value = values[key]
    if (!(required[type].holds(value) || (nullable && value === null)))
      throw new TypeError(
        `${table}.${key}: required ${required[type].what}${nullable ? ' or null' : ''}, found ${String(value)}`,
      )
  }
  return values
}
