import { parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer'

/** One row of a hub's file of pictures. */
export interface PictureRow {
  readonly bytes: Uint8Array | null
  readonly path: string
  readonly label: number
}

const schema: SchemaElement[] = [
  { name: 'root', num_children: 2 },
  { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
]

/** A Parquet file of pictures as hubs serve them: a struct of bytes and path, and a label. */
export function parquetBytes(
  rows: readonly PictureRow[],
  options: {
    codec?: 'SNAPPY' | 'UNCOMPRESSED'
    pageSize?: number
    rowGroupSize?: number
    names?: readonly string[]
  } = {},
): Uint8Array {
  const { names, ...rest } = options
  const huggingface = JSON.stringify({ info: { features: { label: { names, _type: 'ClassLabel' } } } })
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'image', data: rows.map(({ bytes, path }) => ({ bytes, path })) },
        { name: 'label', data: rows.map(({ label }) => BigInt(label)) },
      ],
      schema,
      ...rest,
      ...(names === undefined ? {} : { kvMetadata: [{ key: 'huggingface', value: huggingface }] }),
    }),
  )
}
