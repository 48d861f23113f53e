import {
  byteField,
  fieldPosition,
  int16Field,
  int32Field,
  rootTable,
  stringField,
  tableField,
  tablesField,
  type FlatTable,
} from './flatbuffer.ts'

/**
 * What readers rely on in an Arrow schema message, a line for each: its version, then `name: type` of every column.
 *
 * @throws RangeError when the header is damaged.
 */
export function describeSchema(header: Uint8Array): readonly string[] {
  const schema = tableField(rootTable(header), 2)
  if (schema === undefined) throw new RangeError('required a schema message, found one without a schema')
  const version = tablesField(schema, 2).find((entry) => stringField(entry, 0) === 'schema_version')
  const columns = tablesField(schema, 1).map((field) => `${stringField(field, 0)}: ${describeType(field)}`)
  return [`schema version ${version === undefined ? 'none' : stringField(version, 1)}`, ...columns]
}

function describeType(field: FlatTable): string {
  const type = tableField(field, 3)
  const nullable = byteField(field, 1) === 0 ? '' : ' or null'
  const dictionary = fieldPosition(field, 4) === undefined ? '' : 'dictionary of '
  return `${dictionary}${type === undefined ? 'no type' : typeName(byteField(field, 2), type)}${nullable}`
}

/** The numbers are those of the union `Type` in Arrow's Schema.fbs. */
function typeName(number: number, type: FlatTable): string {
  switch (number) {
    case 2:
      return `${byteField(type, 1) === 0 ? 'uint' : 'int'}${int32Field(type, 0)}`
    case 3:
      return ['float16', 'float32', 'float64'][int16Field(type, 0)] ?? 'float'
    case 5:
      return 'utf8'
    case 6:
      return 'bool'
    default:
      return `Arrow type ${number}`
  }
}
