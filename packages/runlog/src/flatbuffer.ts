/**
 * Reading FlatBuffers (the form of Arrow's message headers) that may be damaged: a position outside the buffer throws
 * RangeError, a vector is never longer than the buffer, and nothing is allocated by a length that was read.
 */
export interface FlatTable {
  readonly view: DataView
  readonly position: number
}

export interface FlatVector {
  readonly view: DataView
  readonly start: number
  readonly length: number
}

export function rootTable(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { view, position: view.getUint32(0, true) }
}

/** Where a table's field number `index` is; undefined where the field has its default. */
export function fieldPosition({ view, position }: FlatTable, index: number): number | undefined {
  const vtable = position - view.getInt32(position, true)
  const slot = 4 + 2 * index
  const offset = slot + 2 <= view.getUint16(vtable, true) ? view.getUint16(vtable + slot, true) : 0
  return offset === 0 ? undefined : position + offset
}

export function byteField(table: FlatTable, index: number): number {
  const position = fieldPosition(table, index)
  return position === undefined ? 0 : table.view.getUint8(position)
}

export function int16Field(table: FlatTable, index: number): number {
  const position = fieldPosition(table, index)
  return position === undefined ? 0 : table.view.getInt16(position, true)
}

export function int32Field(table: FlatTable, index: number): number {
  const position = fieldPosition(table, index)
  return position === undefined ? 0 : table.view.getInt32(position, true)
}

/** A 64-bit count; one beyond 2⁵³ is damage too. */
export function countField(table: FlatTable, index: number): number {
  const position = fieldPosition(table, index)
  return position === undefined ? 0 : countAt(table.view, position)
}

export function countAt(view: DataView, position: number): number {
  const count = Number(view.getBigInt64(position, true))
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`required a count, found ${count}`)
  return count
}

export function tableField(table: FlatTable, index: number): FlatTable | undefined {
  const position = fieldPosition(table, index)
  return position === undefined ? undefined : tableAt(table.view, position)
}

export function vectorField(table: FlatTable, index: number, elementBytes: number): FlatVector {
  const position = fieldPosition(table, index)
  return position === undefined
    ? { view: table.view, start: 0, length: 0 }
    : vectorAt(table.view, position, elementBytes)
}

export function tablesField(table: FlatTable, index: number): readonly FlatTable[] {
  const { view, start, length } = vectorField(table, index, 4)
  return Array.from({ length }, (_, element) => tableAt(view, start + 4 * element))
}

export function stringField(table: FlatTable, index: number): string {
  const { view, start, length } = vectorField(table, index, 1)
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, length))
}

function tableAt(view: DataView, position: number): FlatTable {
  return { view, position: position + view.getUint32(position, true) }
}

function vectorAt(view: DataView, position: number, elementBytes: number): FlatVector {
  const vector = position + view.getUint32(position, true)
  const length = view.getUint32(vector, true)
  const start = vector + 4
  if (start + length * elementBytes > view.byteLength)
    throw new RangeError(`required a vector inside ${view.byteLength} bytes, found ${length} elements at ${start}`)
  return { view, start, length }
}
