/** An array as NumPy saved it. */
export interface NpyArray {
  readonly dtype: NpyType
  readonly shape: readonly number[]
  /** Row-major; as many elements as the shape has. A view of the bytes where they lie so, else a copy. float16 as float32. */
  readonly data: NpyData
}

export type NpyType =
  | 'bool'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float16'
  | 'float32'
  | 'float64'

/** Booleans are bytes of 0 and 1. */
export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array

interface NpyForm {
  readonly name: NpyType
  readonly bytes: number
  readonly view: new (buffer: ArrayBuffer, byteOffset: number, length: number) => NpyData
}

/** The element types that are read, by NumPy's code without the byte order. */
export const npyForms: ReadonlyMap<string, NpyForm> = new Map<string, NpyForm>([
  ['b1', { name: 'bool', bytes: 1, view: Uint8Array }],
  ['u1', { name: 'uint8', bytes: 1, view: Uint8Array }],
  ['i1', { name: 'int8', bytes: 1, view: Int8Array }],
  ['u2', { name: 'uint16', bytes: 2, view: Uint16Array }],
  ['i2', { name: 'int16', bytes: 2, view: Int16Array }],
  ['u4', { name: 'uint32', bytes: 4, view: Uint32Array }],
  ['i4', { name: 'int32', bytes: 4, view: Int32Array }],
  ['u8', { name: 'uint64', bytes: 8, view: BigUint64Array }],
  ['i8', { name: 'int64', bytes: 8, view: BigInt64Array }],
  ['f2', { name: 'float16', bytes: 2, view: Uint16Array }],
  ['f4', { name: 'float32', bytes: 4, view: Float32Array }],
  ['f8', { name: 'float64', bytes: 8, view: Float64Array }],
])
