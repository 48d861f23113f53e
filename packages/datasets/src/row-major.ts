import type { NpyData } from './npy-array.ts'

/** A copy of an array in Fortran order, whose first index runs fastest, in C order, whose last one does. */
export function rowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const copy = data.slice()
  // How far one step of an index is in the Fortran order.
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1))
  const index = shape.map(() => 0)
  for (let to = 0, from = 0; to < data.length; to++) {
    copy[to] = data[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      index[axis]! += 1
      if (index[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return copy
}
