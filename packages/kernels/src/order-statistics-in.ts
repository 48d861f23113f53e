import { checkRanks } from './check-ranks.ts'
import * as entry from './generated/order-statistics.ts'
import { instantiate } from './instantiate.ts'
import type { Ranks } from './ranks.ts'
import type { KernelThreads } from './threads/open-kernel-threads.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** Activations [rows, inputs] and deltas [rows, outputs] at addresses in a memory. */
export interface PlacedFactors {
  readonly activations: number
  readonly deltas: number
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
}

/** Values [rows, columns] at an address in a memory. */
export interface PlacedRows {
  readonly values: number
  readonly rows: number
  readonly columns: number
}

/** What is made of each column, and what messages call it. */
export interface PlacedStatistic {
  readonly name: string
  /** 0 for the winsorized mean, 1 for the trimmed mean, 2 for the mean around the median. */
  readonly kind: 0 | 1 | 2
}

/** Where a result goes, and the scratch to work in: addresses that 16 divides. */
export interface Places {
  readonly result: number
  readonly scratch: number
}

export interface PlacedOrderStatistics {
  bytesForFactors(stack: Omit<PlacedFactors, 'activations' | 'deltas'>): number
  bytesForRows(stack: Omit<PlacedRows, 'values'>): number
  /** Writes [inputs, outputs]; false, and nothing that counts written, where a product of a row's factors isn't finite. */
  ofFactors(statistic: PlacedStatistic, stack: PlacedFactors, ranks: Ranks, places: Places): boolean
  /** Writes [columns]; false, and nothing that counts written, where a value isn't finite. */
  ofRows(statistic: PlacedStatistic, stack: PlacedRows, ranks: Ranks, places: Places): boolean
}

export interface PlacedOrderStatisticsOptions {
  /** Threads over the same memory, for large stacks. Default: the caller's alone. */
  readonly threads?: KernelThreads
  /** A stack of fewer values is left to the caller's thread: waking others would cost more. Default 2¹⁸. */
  readonly leastValues?: number
}

interface Exports {
  turnedBytes(rows: number, outputs: number): number
  factoredWorkBytes(rows: number): number
  formedWorkBytes(rows: number): number
  prepareUnits(rows: number, outputs: number): number
  prepareFactored(...numbers: readonly number[]): number
  reduceFactored(...numbers: readonly number[]): undefined
  reduceFormed(...numbers: readonly number[]): number
}

/**
 * Order statistics of stacks that lie in a WebAssembly memory, in SIMD, without copies, large ones on as many threads as are
 * given: to the bit those of `winsorizedMeanOfFactors` and its like, for any number of threads.
 *
 * Neither the result nor the scratch may overlap anything else. Of the ranks all is checked, of the rest nothing: addresses
 * and sizes are the caller's to get right. Throws an Error where a thread fails or dies; the result is half made then.
 *
 * @example
 * const statistics = orderStatisticsIn(memory, { threads: openKernelThreads(memory, { threads: 2 }) })
 * const stack = { activations, deltas, rows: 100, inputs: 784, outputs: 256 } // addresses, and sizes
 * statistics.ofFactors({ name: 'winsorizedMean', kind: 0 }, stack, { lower: 8, upper: 91 }, { result, scratch })
 */
export function orderStatisticsIn(
  memory: WasmMemory,
  options: PlacedOrderStatisticsOptions = {},
): PlacedOrderStatistics {
  const { threads, leastValues = 2 ** 18 } = options
  const kernels = instantiate<Exports>(entry, memory)
  const most = threads?.threads ?? 1

  /** The threads, awake, where a stack is worth them. */
  function awaken(values: number): KernelThreads | undefined {
    if (most === 1 || values < leastValues) return undefined
    threads!.wake()
    return threads
  }

  const turnedBytes = (rows: number, outputs: number): number => aligned(kernels.turnedBytes(rows, outputs))
  const factoredWorkBytes = (rows: number): number => aligned(kernels.factoredWorkBytes(rows))
  const formedWorkBytes = (rows: number): number => aligned(kernels.formedWorkBytes(rows))

  return {
    bytesForFactors: ({ rows, outputs }) => turnedBytes(rows, outputs) + most * factoredWorkBytes(rows),
    bytesForRows: ({ rows }) => most * formedWorkBytes(rows),
    ofFactors(statistic, { activations, deltas, rows, inputs, outputs }, ranks, { result, scratch: turned }) {
      checkRanks(statistic.name, ranks, rows)
      if (inputs * outputs === 0) return true
      const together = awaken(rows * inputs * outputs)
      const work = turned + turnedBytes(rows, outputs)
      const toPrepare = [activations, deltas, rows, inputs, outputs, turned]
      const units = kernels.prepareUnits(rows, outputs)
      const toReduce = [statistic.kind, activations, rows, inputs, outputs, ranks.lower, ranks.upper, turned, result]
      if (together === undefined) {
        if (kernels.prepareFactored(...toPrepare, 0, units, work) === 0) return false
        kernels.reduceFactored(...toReduce, 0, inputs, work)
        return true
      }
      const workBytes = factoredWorkBytes(rows)
      const prepare = { arguments: toPrepare, total: units, chunkSize: 1, work, workBytes }
      if (!together.run('prepareFactored', prepare)) return false
      const chunkSize = 4 * Math.ceil(inputs / 512)
      together.run('reduceFactored', { arguments: toReduce, total: inputs, chunkSize, work, workBytes })
      return true
    },
    ofRows(statistic, { values, rows, columns }, ranks, { result, scratch: work }) {
      checkRanks(statistic.name, ranks, rows)
      if (columns === 0) return true
      const together = awaken(rows * columns)
      const toReduce = [statistic.kind, values, rows, columns, ranks.lower, ranks.upper, result]
      if (together === undefined) return kernels.reduceFormed(...toReduce, 0, columns, work) !== 0
      const chunkSize = 32 * Math.ceil(columns / 2048)
      const workBytes = formedWorkBytes(rows)
      return together.run('reduceFormed', { arguments: toReduce, total: columns, chunkSize, work, workBytes })
    },
  }
}

const aligned = (bytes: number): number => (bytes + 63) & ~63
