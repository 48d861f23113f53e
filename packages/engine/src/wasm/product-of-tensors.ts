import { backend_util, util } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { filled } from './filled.ts'
import { multiply } from './multiply.ts'
import { tensorMemory } from './tensor-memory.ts'

export interface ProductOptions {
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** A number for each column, with which the sums begin. */
  readonly bias?: TensorInfo
  readonly clamp?: readonly [number, number]
}

/**
 * Products of the matrices in the last two axes of two tensors, the axes before them broadcast against one another.
 *
 * @throws TypeError where a tensor isn't float32, RangeError where the inner dimensions differ.
 */
export function productOfTensors(
  backend: KernelBackend,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB, bias, clamp }: ProductOptions,
): TensorInfo {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') {
    throw new TypeError(`matrix product: required float32 tensors, found ${a.dtype} and ${b.dtype}`)
  }
  const [rows, terms] = matrixShape(a, transposeA)
  const [found, columns] = matrixShape(b, transposeB)
  if (terms !== found) {
    throw new RangeError(
      `matrix product: required as many rows on the right as columns on the left, ${terms}, found ${found}`,
    )
  }
  const outerA = a.shape.slice(0, -2)
  const outerB = b.shape.slice(0, -2)
  const outer = backend_util.assertAndGetBroadcastShape(outerA, outerB)
  const memory = tensorMemory(backend)
  const out = memory.output([...outer, rows, columns], 'float32')

  const batch = util.sizeFromShape(outer)
  // Rows of many matrices with one and the same on the right are rows of one tall matrix.
  const tall = !transposeA && util.sizeFromShape(outerB) === 1
  const atA = tall ? [0] : batchOffsets(outerA, outer)
  const atB = tall ? [0] : batchOffsets(outerB, outer)
  const [left, right, result] = [memory.addressOf(a), memory.addressOf(b), memory.addressOf(out)]
  const shared = {
    rows: tall ? batch * rows : rows,
    columns,
    terms,
    ...(bias === undefined ? {} : { bias: memory.addressOf(bias) }),
    ...(clamp === undefined ? {} : { clamp }),
  }
  const [stridesA, stridesB] = [strides(rows, terms, transposeA), strides(terms, columns, transposeB)]
  return filled(backend, out, () =>
    multiply(
      backend,
      atA.map((offset, i) => ({
        ...shared,
        left: { at: left + 4 * offset * rows * terms, ...stridesA },
        right: { at: right + 4 * atB[i]! * terms * columns, ...stridesB },
        result: { at: result + 4 * i * rows * columns, row: 4 * columns },
      })),
    ),
  )
}

function matrixShape({ shape }: TensorInfo, transposed: boolean): readonly [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  return transposed ? [columns, rows] : [rows, columns]
}

function strides(rows: number, columns: number, transposed: boolean): { row: number; step: number } {
  return transposed ? { row: 4, step: 4 * rows } : { row: 4 * columns, step: 4 }
}

/** Which matrix of a tensor with these outer axes belongs to each matrix of the broadcast result. */
function batchOffsets(own: readonly number[], outer: readonly number[]): readonly number[] {
  const missing = outer.length - own.length
  return outer.reduce<readonly number[]>(
    (offsets, size, axis) => {
      const mine = own[axis - missing] ?? 1
      return offsets.flatMap((offset) => Array.from({ length: size }, (_, i) => offset * mine + (mine === 1 ? 0 : i)))
    },
    [0],
  )
}
