import { threadLimit } from '#platform'
import { checkFactorsFinite } from './check-factors-finite.ts'
import { checkLength } from './check-length.ts'
import { checkRanks } from './check-ranks.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'
import { kernelMemory, type KernelMemory } from './kernel-memory.ts'
import { medianRanks } from './median-ranks.ts'
import { orderStatisticsIn, type PlacedOrderStatistics } from './order-statistics-in.ts'
import type { Ranks } from './ranks.ts'
import { ranksAround } from './ranks-around.ts'
import { reduceFormed } from './reduce-formed.ts'
import { aroundMedian, trimmed, winsorized, type Statistic } from './statistic.ts'
import { openKernelThreads, type KernelThreads } from './threads/open-kernel-threads.ts'

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
  readonly threads: KernelThreads
  readonly placed: PlacedOrderStatistics
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
  let opened: Opened | undefined

  function open(): Opened {
    const memory = kernelMemory({ shared: threads > 1, maximumBytes })
    const together = openKernelThreads(memory.memory, { threads, timeoutMs })
    return { memory, threads: together, placed: orderStatisticsIn(memory.memory, { threads: together, leastValues }) }
  }

  function close(): void {
    opened?.threads.close()
    opened = undefined
  }

  /** The memory and its threads, awake by the time that a stack which is worth them has been copied. */
  function openFor(values: number): Opened {
    opened ??= open()
    if (values >= leastValues) opened.threads.wake()
    return opened
  }

  /** Where work fails, the next call starts anew. */
  function orClose(reduce: () => boolean): boolean {
    try {
      return reduce()
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
    const { memory, placed } = openFor(rows * inputs * outputs)
    const [activations, deltas, result, scratch] = memory.layOut([
      4 * rows * inputs,
      4 * rows * outputs,
      4 * inputs * outputs,
      placed.bytesForFactors(stack),
    ]) as [number, number, number, number]
    memory.write(activations, stack.activations)
    memory.write(deltas, stack.deltas)
    const placedStack = { activations, deltas, rows, inputs, outputs }
    const finite = orClose(() => placed.ofFactors(statistic, placedStack, ranks, { result, scratch }))
    if (!finite) checkFactorsFinite(statistic.name, stack)
    return consume(memory.view(result, inputs * outputs))
  }

  function ofRows<T>(statistic: Statistic, stack: FormedRows, ranks: Ranks, consume: Consume<T>): T {
    const { rows, columns } = stack
    checkRanks(statistic.name, ranks, rows)
    checkLength(statistic.name, 'values', stack.values, rows, columns)
    if (columns === 0) return consume(new Float32Array(0))
    const { memory, placed } = openFor(rows * columns)
    const [values, result, scratch] = memory.layOut([4 * rows * columns, 4 * columns, placed.bytesForRows(stack)]) as [
      number,
      number,
      number,
    ]
    memory.write(values, stack.values)
    const finite = orClose(() => placed.ofRows(statistic, { values, rows, columns }, ranks, { result, scratch }))
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
