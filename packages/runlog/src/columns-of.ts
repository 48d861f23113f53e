import { tables, type ColumnType, type TableName } from './tables.ts'

/** A row of any table. */
export type AnyRow = Readonly<Record<string, number | string | boolean | null>>

export interface Column {
  /** The field of the TypeScript row: `learningRate`. */
  readonly key: string
  /** The column in the file: `learning_rate`. */
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly clock: boolean
  /** What the Arrow field says about itself: description, unit, paper, clock. */
  readonly metadata: ReadonlyMap<string, string>
}

/** A table's columns in file order. */
export function columnsOf(table: TableName): readonly Column[] {
  return Object.entries(tables[table]).map(([key, { type, nullable = false, clock = false, ...facts }]) => ({
    key,
    name: key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type,
    nullable,
    clock,
    metadata: new Map([...Object.entries(facts), ...(clock ? [['clock', 'true'] as const] : [])]),
  }))
}
