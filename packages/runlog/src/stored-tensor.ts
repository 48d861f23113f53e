interface TensorOf<Dtype extends string, Data> {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  /** Row-major; as many elements as the shape has. */
  readonly data: Data
}

/** A tensor as plain data. */
export type StoredTensor =
  | TensorOf<'float64', Float64Array>
  | TensorOf<'float32', Float32Array>
  | TensorOf<'int32', Int32Array>
  | TensorOf<'uint32', Uint32Array>
  | TensorOf<'uint8', Uint8Array>

export type TensorDtype = StoredTensor['dtype']

/** Tensors by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>

interface DtypeForm {
  /** What safetensors calls it. */
  readonly code: string
  readonly bytes: number
  readonly view: (buffer: ArrayBuffer) => StoredTensor['data']
}

export const dtypes: { readonly [Dtype in TensorDtype]: DtypeForm } = {
  float64: { code: 'F64', bytes: 8, view: (buffer) => new Float64Array(buffer) },
  float32: { code: 'F32', bytes: 4, view: (buffer) => new Float32Array(buffer) },
  int32: { code: 'I32', bytes: 4, view: (buffer) => new Int32Array(buffer) },
  uint32: { code: 'U32', bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  uint8: { code: 'U8', bytes: 1, view: (buffer) => new Uint8Array(buffer) },
}

/** The number of elements of a shape: their product, 1 for a scalar. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
