import { threadLimit } from '#platform'
import { sharedWasm as matrixProduct } from '../generated/matrix-product.ts'
import { sharedWasm as orderStatistics } from '../generated/order-statistics.ts'
import { compiled } from '../instantiate.ts'
import type { WasmMemory } from '../wasm-memory.ts'
import { isShared } from './is-shared.ts'
import type { RangeWork } from './range-work.ts'
import { threadPool, type ThreadPool } from './thread-pool.ts'

/** The kernels that threads may run. */
type RangeKernelName = 'part' | 'prepareFactored' | 'reduceFactored' | 'reduceFormed'

/** The entries that have them. */
const entries: readonly { readonly wasm: string; readonly kernelNames: readonly RangeKernelName[] }[] = [
  { wasm: matrixProduct, kernelNames: ['part'] },
  { wasm: orderStatistics, kernelNames: ['prepareFactored', 'reduceFactored', 'reduceFormed'] },
]

export interface KernelThreadsOptions {
  /** The caller's own included. Default: as many as cores, at most 4. */
  readonly threads?: number
  /** How long a thread may take over a chunk before it counts as dead. Default 30,000 ms. */
  readonly timeoutMs?: number
}

/** Threads that run kernels over one memory. */
export interface KernelThreads {
  /** How many were asked for, and how many there are. */
  readonly wanted: number
  readonly threads: number
  /** `2 threads`, or `one thread` and why. */
  readonly description: string
  /** Starts the threads that are missing and wakes the others, for work that is about to come. */
  wake(): void
  /** Does the work, together with the caller's thread, and returns when it is done: false where the kernel refuses a part. */
  run(kernel: RangeKernelName, work: Omit<RangeWork, 'kernel'>): boolean
  /** Ends the threads; the next work starts new ones. */
  close(): void
}

/**
 * Threads for the kernels that work in somebody's memory, on as many as are asked for where it is shared, else on one.
 * They start with the first work, sleep in between, and don't keep a process alive.
 *
 * `run` throws an Error where a thread fails or dies; all are ended then, and the next work starts new ones.
 *
 * @throws RangeError for threads that aren't a whole number ≥ 1.
 *
 * @example
 * const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true })
 * const { multiply } = matrixProduct(memory, openKernelThreads(memory, { threads: 2 }))
 */
export function openKernelThreads(memory: WasmMemory, options: KernelThreadsOptions = {}): KernelThreads {
  const limit = threadLimit()
  const wanted = options.threads ?? Math.min(limit.threads, 4)
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new RangeError(`openKernelThreads: required a whole number of threads ≥ 1, found ${wanted}`)
  }
  const why = limit.why ?? (wanted === 1 || isShared(memory) ? undefined : 'its memory is not shared')
  const threads = why === undefined ? wanted : 1
  const names = entries.flatMap(({ kernelNames }) => kernelNames)
  let pool: ThreadPool | undefined

  function open(): ThreadPool {
    const modules = entries.map(({ wasm, kernelNames }) => ({ module: compiled(wasm), kernelNames }))
    const { timeoutMs = 30_000 } = options
    return (pool ??= threadPool({ modules, memory: memory as WebAssembly.Memory, threads, timeoutMs }))
  }

  function close(): void {
    pool?.close()
    pool = undefined
  }

  return {
    wanted,
    threads,
    description: `${threads === 1 ? 'one thread' : `${threads} threads`}${why === undefined ? '' : `: ${why}`}`,
    wake() {
      if (threads > 1) open().wake()
    },
    run(kernel, work) {
      try {
        return open().run({ kernel: names.indexOf(kernel), ...work })
      } catch (error) {
        close()
        throw error
      }
    },
    close,
  }
}
