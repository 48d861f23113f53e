import { Bool, Field, Float64, Int32, Schema, Uint32, Utf8, type DataType } from 'apache-arrow'
import { columnsOf } from './columns-of.ts'
import { SCHEMA_VERSION, type ColumnType, type TableName } from './tables.ts'

const arrowTypes: { readonly [Type in ColumnType]: () => DataType } = {
  int32: () => new Int32(),
  uint32: () => new Uint32(),
  float64: () => new Float64(),
  bool: () => new Bool(),
  utf8: () => new Utf8(),
}

/**
 * A table's Arrow schema: snake_case columns, null only where the row has null, nothing dictionary-encoded. Each field's
 * metadata has its `description` and, where there is one, `unit`, `paper` (equation or section) and `clock: 'true'`;
 * the schema's has `table` and `schema_version`.
 *
 * @example
 * schemaOf('bound').fields.map((field) => field.name) // ['step', 'learning_rate', 'alpha', 'measured', …]
 */
export function schemaOf(table: TableName): Schema {
  return new Schema(
    columnsOf(table).map(
      ({ name, type, nullable, metadata }) => new Field(name, arrowTypes[type](), nullable, new Map(metadata)),
    ),
    new Map([
      ['table', table],
      ['schema_version', String(SCHEMA_VERSION)],
    ]),
  )
}
