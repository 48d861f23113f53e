import { instantiate } from './instantiate.ts'
import * as entry from './generated/matrix-product.ts'
import type { KernelThreads } from './threads/open-kernel-threads.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** Where a matrix of float32 numbers lies in a memory, all in bytes. Swap `row` and `step` to have it transposed. */
export interface Matrix {
  readonly at: number
  /** From one row to the next. */
  readonly row: number
  /** From one number of a row to the next. */
  readonly step: number
}

/** A product to be made: `rows` × `terms` times `terms` × `columns`. */
export interface Product {
  readonly rows: number
  readonly columns: number
  readonly terms: number
  readonly left: Matrix
  readonly right: Matrix
  /** Where the result goes; the numbers of a row lie side by side. */
  readonly result: { readonly at: number; readonly row: number }
  /** Address of one number for each column, with which the sums begin. */
  readonly bias?: number
  /** Adds to what lies in `result`. Not together with a bias. */
  readonly accumulated?: boolean
  /** The smallest and the largest number of the result. NaN stays NaN. */
  readonly clamp?: readonly [number, number]
}

export interface MatrixProduct {
  /** Bytes of scratch that `multiply` works in, whatever the matrices: some more for each thread. */
  readonly bytesOfScratch: number
  multiply(product: Product, scratch: number): void
}

interface Exports {
  bytesShared(): number
  bytesOwn(): number
  begin(...numbers: readonly number[]): void
  nextParts(shared: number): number
  multiply(...numbers: readonly number[]): void
}

export interface MatrixProductOptions {
  /** Threads over the same memory, for large products. Default: the caller's alone. */
  readonly threads?: KernelThreads
  /**
   * A product of fewer rows · columns · terms is left to the caller's thread: waking others would cost more. Default 2²⁰,
   * which take 50 µs.
   */
  readonly leastTerms?: number
}

/**
 * Products of matrices that lie in a WebAssembly memory, by plain SIMD, large ones on as many threads as are given.
 *
 *   c_rj = clamp(start_rj + Σᵢ a_ri · b_ij)
 *
 * Index legend: r of m rows, j of n columns, i of k terms. `start` is the result itself where `accumulated`, else the
 * bias, else 0. Each number's terms are added one by one in order, each rounded twice (never fused): the same bytes on
 * every machine and for any number of threads, and the bytes of the plain triple loop in float32, for any strides.
 *
 * Zeros of the left matrix are skipped where there are many and the right matrix is finite throughout. Where it isn't,
 * they are multiplied, so that 0·∞ and 0·NaN are NaN. Skipped or not, the numbers are the same but for the sign of a zero.
 *
 * Neither the result nor the scratch may overlap anything else. Nothing is checked: addresses and strides are the
 * caller's to get right. `multiply` throws an Error where a thread fails or dies; the result is half made then.
 *
 * @example
 * const { multiply, bytesOfScratch } = matrixProduct(memory)
 * multiply({ rows: 2, columns: 3, terms: 4, left: { at: a, row: 16, step: 4 }, … }, scratch)
 */
export function matrixProduct(memory: WasmMemory, options: MatrixProductOptions = {}): MatrixProduct {
  const { threads, leastTerms = 2 ** 20 } = options
  const kernels = instantiate<Exports>(entry, memory)
  const shared = kernels.bytesShared()
  const own = kernels.bytesOwn()
  const several = (threads?.threads ?? 1) > 1 ? threads : undefined

  function multiplyOn(together: KernelThreads, numbers: readonly number[], scratch: number): void {
    together.wake()
    kernels.begin(...numbers, scratch)
    for (let total = kernels.nextParts(scratch); total > 0; total = kernels.nextParts(scratch)) {
      together.run('part', { arguments: [scratch], total, chunkSize: 1, work: scratch + shared, workBytes: own })
    }
  }

  return {
    bytesOfScratch: shared + (several?.threads ?? 1) * own,
    multiply({ rows, columns, terms, left, right, result, bias = 0, accumulated = false, clamp }, scratch) {
      const [low, high] = clamp ?? [0, 0]
      const numbers = [
        rows,
        columns,
        terms,
        left.at,
        left.row,
        left.step,
        right.at,
        right.row,
        right.step,
        result.at,
        result.row,
        bias,
        Number(accumulated),
        Number(clamp !== undefined),
        low,
        high,
      ]
      if (several !== undefined && rows * columns * terms >= leastTerms) multiplyOn(several, numbers, scratch)
      else kernels.multiply(...numbers, scratch)
    },
  }
}
