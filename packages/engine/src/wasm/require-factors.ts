import type { TensorInfo } from '@tensorflow/tfjs-core'

/** m, d and p of float32 matrices [m, d] and [m, p]; throws a TypeError where they are none. */
export function requireFactors(kernel: string, x: TensorInfo, y: TensorInfo): [rows: number, d: number, p: number] {
  const matrices = [x, y].every(({ dtype, shape }) => dtype === 'float32' && shape.length === 2)
  if (!matrices || x.shape[0] !== y.shape[0]) {
    throw new TypeError(
      `${kernel}: required float32 matrices with as many rows, found ${x.dtype} [${x.shape}] and ${y.dtype} [${y.shape}]`,
    )
  }
  return [x.shape[0]!, x.shape[1]!, y.shape[1]!]
}
