/** What a pickle can hold here. Python 2's strings are bytes; bytes are views of the file, not copies. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleList
  | PickleTuple
  | PickleDict
  | PickledArray
  | PickledType
  | PickledName

export interface PickleList {
  readonly kind: 'list'
  readonly items: PickleValue[]
}

export interface PickleTuple {
  readonly kind: 'tuple'
  readonly items: readonly PickleValue[]
}

/** A dictionary, by its keys as text. */
export interface PickleDict {
  readonly kind: 'dict'
  readonly entries: Map<string, PickleValue>
}

/** A NumPy array of bytes; without shape and data until its state is set. */
export interface PickledArray {
  readonly kind: 'array'
  shape: readonly number[]
  fortran: boolean
  data: Uint8Array
}

/** A NumPy type: `u1`. */
interface PickledType {
  readonly kind: 'dtype'
  readonly name: string
}

/** The name of a function or class that is allowed. Nothing of that name is ever called. */
interface PickledName {
  readonly kind: 'name'
  readonly name: string
}
