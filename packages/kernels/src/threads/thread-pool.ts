import { startThread, type ThreadHandle } from '#platform'
import { serveThread, type ThreadData } from './serve-thread.ts'
import { slots } from './slots.ts'
import { takeChunks, type RangeKernel } from './take-chunks.ts'

/** A kernel's work over 0 … total, cut into chunks. */
export interface RangeWork {
  readonly kernel: number
  readonly arguments: readonly number[]
  readonly total: number
  readonly chunkSize: number
  readonly work: number
  readonly workBytes: number
}

export interface ThreadPool {
  readonly threads: number
  /** Starts the threads that are missing and wakes the others, for work that is about to come. */
  wake(): void
  /** Does the work, together with the caller's thread, and returns when it is done: false where a chunk was refused. */
  run(work: RangeWork): boolean
  close(): void
}

export interface ThreadPoolOptions {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly kernelNames: readonly string[]
  /** The caller's thread is one of them. */
  readonly threads: number
  /** How long to wait for threads that have taken a chunk and don't say that it is done. */
  readonly timeoutMs: number
  /** Whether the caller's thread takes chunks as well. */
  readonly callerWorks?: boolean
}

/**
 * Threads that share a memory and take chunks of work as they come. Results don't depend on how many there are: each chunk
 * is made by one thread, in the same way. A thread that isn't there, not yet or no longer, takes no chunk, and the others
 * take them all; one that has ended by itself is started anew before the next work.
 *
 * `run` throws an Error where a thread fails, or takes a chunk and falls silent. The pool is closed then.
 */
export function threadPool(options: ThreadPoolOptions): ThreadPool {
  const { module, memory, kernelNames, threads, timeoutMs, callerWorks = true } = options
  const control = new Int32Array(new SharedArrayBuffer(slots.length * 4))
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  const kernels = kernelNames.map((name) => instance.exports[name] as RangeKernel)
  const helpers = new Map<number, ThreadHandle>()
  const source = `const take = ${takeChunks.toString()}; const serve = ${serveThread.toString()};`
  let closed = false

  function startMissing(): void {
    for (let thread = 1; thread < threads; thread++) {
      if (helpers.has(thread)) continue
      const data: ThreadData = { module, memory, control, slots, kernelNames, thread }
      const helper = startThread(source, data, () => {
        if (helpers.get(thread) === helper) helpers.delete(thread)
      })
      helpers.set(thread, helper)
    }
  }

  function close(): void {
    closed = true
    Atomics.store(control, slots.stop, 1)
    wake()
    for (const helper of helpers.values()) helper.end()
    helpers.clear()
  }

  function setOut({ kernel, arguments: values, total, chunkSize, work, workBytes }: RangeWork): number {
    const chunks = Math.ceil(total / chunkSize)
    values.forEach((value, i) => Atomics.store(control, slots.firstArgument + i, value))
    const numbers = { kernel, total, chunkSize, chunks, work, workBytes, arity: values.length, done: 0, refused: 0 }
    for (const [slot, value] of Object.entries(numbers)) {
      Atomics.store(control, slots[slot as keyof typeof numbers], value)
    }
    Atomics.store(control, slots.left, chunks)
    wake()
    return chunks
  }

  function wake(): void {
    Atomics.add(control, slots.wake, 1)
    Atomics.notify(control, slots.wake)
  }

  function awaitDone(chunks: number): void {
    for (;;) {
      if (Atomics.load(control, slots.failed) !== 0) {
        const message = control.slice(slots.message + 1, slots.message + 1 + control[slots.message]!)
        throw new Error(
          `kernels: thread ${control[slots.failed]} failed: ${String.fromCharCode(...message)}. ` +
            'The threads are stopped; the next call starts new ones.',
        )
      }
      const done = Atomics.load(control, slots.done)
      if (done === chunks) return
      if (Atomics.wait(control, slots.done, done, timeoutMs) === 'timed-out') {
        throw new Error(
          `kernels: required an answer of every thread within ${timeoutMs} ms, found ${done} of ${chunks} chunks done. ` +
            'A thread has died; the others are stopped, and the next call starts new ones.',
        )
      }
    }
  }

  return {
    threads,
    wake() {
      if (closed) throw new Error('kernels: the threads are closed')
      startMissing()
      wake()
    },
    run(work) {
      if (closed) throw new Error('kernels: the threads are closed')
      startMissing()
      try {
        const chunks = setOut(work)
        if (callerWorks) takeChunks(control, slots, kernels, 0)
        awaitDone(chunks)
        return Atomics.load(control, slots.refused) === 0
      } catch (error) {
        close()
        throw error
      }
    },
    close,
  }
}
