import { threadLimit } from '#platform'
import { checkFactorsFinite } from './check-factors-finite.ts'
import { checkLength } from './check-length.ts'
import { checkRanks } from './check-ranks.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'
import { sharedWasm, wasm } from './generated/order-statistics.ts'
import { compiled } from './instantiate.ts'
import { kernelMemory, type KernelMemory } from './kernel-memory.ts'
import { medianRanks } from './median-ranks.ts'
import type { OrderStatisticsExports } from './order-statistics-exports.ts'
import type { Ranks } from './ranks.ts'
import { ranksAround } from './ranks-around.ts'
import { reduceFormed } from './reduce-formed.ts'
import { aroundMedian, trimmed, winsorized, type Statistic } from './statistic.ts'
import { threadPool, type RangeWork, type ThreadPool } from './threads/thread-pool.ts'

export interface OrderStatisticsOptions {
  /** Threads to spread the columns over, the caller's own included. Default: as many as cores, at most 4. */
  readonly threads?: number
  /** Bytes that the kernels' memory may grow to. Default 1 GiB. */
  readonly maximumBytes?: number
  /** A stack of fewer values is left to the caller's thread: waking others would cost more. Default 2¹⁸. */
  readonly leastValues?: number
  /** How long a thread may take over a chunk before it counts as dead. Default 30,000 ms. */
  readonly timeoutMs?: number
}

/** A result, valid until the next call; copy it, or give it to what copies. */
type Consume<T> = (result: Float32Array) => T

/** Order statistics in SIMD, on several threads: the same bits as the plain functions of the same names. */
export interface OrderStatistics {
  readonly threads: number
  /** `2 threads`, or `1 thread` and why. */
  readonly description: string
  winsorizedMeanOfRows(stack: FormedRows, ranks: Ranks): Float32Array
  winsorizedMeanOfFactors(stack: FactoredRows, ranks: Ranks): Float32Array
  trimmedMeanOfRows(stack: FormedRows, ranks: Ranks): Float32Array
  trimmedMeanOfFactors(stack: FactoredRows, ranks: Ranks): Float32Array
  meanAroundMedianOfRows(stack: FormedRows, dropped: number): Float32Array
  meanAroundMedianOfFactors(stack: FactoredRows, dropped: number): Float32Array
  coordinateMedianOfRows(stack: FormedRows): Float32Array
  coordinateMedianOfFactors(stack: FactoredRows): Float32Array
  /** Ends the threads and frees the memory; the next call starts anew. */
  close(): void
}

/** The same, with results that are handed over without a copy. */
export interface ConsumingOrderStatistics extends OrderStatistics {
  ofRows<T>(statistic: Statistic, stack: FormedRows, ranks: Ranks, consume: Consume<T>): T
  ofFactors<T>(statistic: Statistic, stack: FactoredRows, ranks: Ranks, consume: Consume<T>): T
}

interface Opened {
  readonly memory: KernelMemory
  readonly exports: OrderStatisticsExports
  pool: ThreadPool | undefined
}

/**
 * Opens the kernels in SIMD: the winsorized and trimmed means, those around the median and the medians of `winsorizedMeanOfRows` and its like, to the
 * bit, whatever the number of threads. Memory and threads are made at the first call that needs them; threads don't keep a process alive.
 *
 * On a browser's page there is one thread, and in a Worker of a cross-origin isolated page as many as are asked for:
 * `description` says so.
 *
 * @throws RangeError for threads that aren't a whole number ≥ 1. The functions throw what the plain ones throw; an Error
 *   where a thread fails or dies; and a RangeError where the memory can't grow.
 *
 * @example
 * const statistics = openOrderStatistics({ threads: 2 })
 * statistics.winsorizedMeanOfRows({ values: Float32Array.of(1, 2, 90), rows: 3, columns: 1 }, { lower: 1, upper: 1 }) // [2]
 */
export function openOrderStatistics(options: OrderStatisticsOptions = {}): ConsumingOrderStatistics {
  const { maximumBytes = 2 ** 30, leastValues = 2 ** 18, timeoutMs = 30_000 } = options
  const limit = threadLimit()
  const wanted = options.threads ?? Math.min(limit.threads, 4)
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new RangeError(`openOrderStatistics: required a whole number of threads ≥ 1, found ${wanted}`)
  }
  const threads = limit.why === undefined ? wanted : 1
  const shared = threads > 1
  const module = compiled(shared ? sharedWasm : wasm)
  let opened: Opened | undefined

  function open(): Opened {
    const memory = kernelMemory({ shared, maximumBytes })
    const instance = new WebAssembly.Instance(module, { env: { memory: memory.memory } })
    return { memory, exports: instance.exports as unknown as OrderStatisticsExports, pool: undefined }
  }

  function close(): void {
    opened?.pool?.close()
    opened = undefined
  }

  /** The threads, awake, where a stack is worth them. */
  function awaken(state: Opened, values: number): ThreadPool | undefined {
    if (!shared || values < leastValues) return undefined
    const { memory } = state.memory
    const modules = [{ module, kernelNames: ['reduceFactored', 'reduceFormed'] }]
    state.pool ??= threadPool({ modules, memory, threads, timeoutMs })
    state.pool.wake()
    return state.pool
  }

  function run({ exports }: Opened, pool: ThreadPool | undefined, range: RangeWork): boolean {
    if (pool === undefined || range.total <= range.chunkSize) {
      const kernel = range.kernel === 0 ? exports.reduceFactored : exports.reduceFormed
      return kernel(...range.arguments, 0, range.total, range.work) !== 0
    }
    try {
      return pool.run(range)
    } catch (error) {
      close()
      throw error
    }
  }

  function ofFactors<T>(statistic: Statistic, stack: FactoredRows, ranks: Ranks, consume: Consume<T>): T {
    const { rows, inputs, outputs } = stack
    checkRanks(statistic.name, ranks, rows)
    checkLength(statistic.name, 'activations', stack.activations, rows, inputs)
    checkLength(statistic.name, 'deltas', stack.deltas, rows, outputs)
    if (inputs * outputs === 0) return consume(new Float32Array(0))
    opened ??= open()
    const { exports, memory } = opened
    const pool = awaken(opened, rows * inputs * outputs)
    const workBytes = aligned(exports.factoredWorkBytes(rows))
    const [activations, deltas, turned, result, work] = memory.layOut([
      4 * rows * inputs,
      4 * rows * outputs,
      exports.turnedBytes(rows, outputs),
      4 * inputs * outputs,
      threads * workBytes,
    ]) as [number, number, number, number, number]
    memory.write(activations, stack.activations)
    memory.write(deltas, stack.deltas)
    if (!exports.areFactorsFinite(activations, deltas, rows, inputs, outputs)) checkFactorsFinite(statistic.name, stack)
    exports.turnDeltas(deltas, rows, outputs, turned)
    run(opened, pool, {
      kernel: 0,
      arguments: [statistic.kind, activations, rows, inputs, outputs, ranks.lower, ranks.upper, turned, result],
      total: inputs,
      chunkSize: 4 * Math.ceil(inputs / 512),
      work,
      workBytes,
    })
    return consume(memory.view(result, inputs * outputs))
  }

  function ofRows<T>(statistic: Statistic, stack: FormedRows, ranks: Ranks, consume: Consume<T>): T {
    const { values, rows, columns } = stack
    checkRanks(statistic.name, ranks, rows)
    checkLength(statistic.name, 'values', values, rows, columns)
    if (columns === 0) return consume(new Float32Array(0))
    opened ??= open()
    const { exports, memory } = opened
    const pool = awaken(opened, rows * columns)
    const workBytes = aligned(exports.formedWorkBytes(rows))
    const [from, result, work] = memory.layOut([4 * rows * columns, 4 * columns, threads * workBytes]) as [
      number,
      number,
      number,
    ]
    memory.write(from, values)
    const finite = run(opened, pool, {
      kernel: 1,
      arguments: [statistic.kind, from, rows, columns, ranks.lower, ranks.upper, result],
      total: columns,
      chunkSize: 32 * Math.ceil(columns / 2048),
      work,
      workBytes,
    })
    // The plain kernel finds the row and says so.
    if (!finite) return consume(reduceFormed(stack, ranks, statistic))
    return consume(memory.view(result, columns))
  }

  const copy = (result: Float32Array): Float32Array => new Float32Array(result)
  return {
    threads,
    description: `${threads} thread${threads === 1 ? '' : 's'}${limit.why === undefined ? '' : `: ${limit.why}`}`,
    ofRows,
    ofFactors,
    winsorizedMeanOfRows: (stack, ranks) => ofRows(winsorized, stack, ranks, copy),
    winsorizedMeanOfFactors: (stack, ranks) => ofFactors(winsorized, stack, ranks, copy),
    trimmedMeanOfRows: (stack, ranks) => ofRows(trimmed, stack, ranks, copy),
    trimmedMeanOfFactors: (stack, ranks) => ofFactors(trimmed, stack, ranks, copy),
    meanAroundMedianOfRows: (stack, dropped) => ofRows(aroundMedian, stack, ranksAround(stack.rows, dropped), copy),
    meanAroundMedianOfFactors: (stack, dropped) =>
      ofFactors(aroundMedian, stack, ranksAround(stack.rows, dropped), copy),
    coordinateMedianOfRows: (stack) => ofRows(trimmed, stack, medianRanks(stack.rows), copy),
    coordinateMedianOfFactors: (stack) => ofFactors(trimmed, stack, medianRanks(stack.rows), copy),
    close,
  }
}

const aligned = (bytes: number): number => (bytes + 63) & ~63
