import { startThread, type ThreadHandle } from '#platform'
import type { RangeWork } from './range-work.ts'
import { serveThread, type KernelModule, type ThreadData } from './serve-thread.ts'
import { slots } from './slots.ts'
import { takeChunks, type RangeKernel } from './take-chunks.ts'

/**
 * How often a thread looks whether there is work, or whether it is done, before it sleeps: some 100 µs. To be woken takes
 * 25 to 50 µs, and the products of a training step follow one another faster than that.
 */
const looks = 10_000

/** A thread is late when it needs as long as that many chunks after all were taken, and 100 µs more. */
const chunksLate = 4
const mostWorksAlone = 128

export interface ThreadPool {
  readonly threads: number
  /** Starts the threads that are missing and wakes the others, for work that is about to come. */
  wake(): void
  /** Does the work, together with the caller's thread, and returns when it is done: false where a chunk was refused. */
  run(work: RangeWork): boolean
  close(): void
}

export interface ThreadPoolOptions {
  readonly modules: readonly KernelModule[]
  readonly memory: WebAssembly.Memory
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
 * take them all; one that has ended by itself is started anew before the next work. Where the machine is busy with other things,
 * so that the caller waits for a thread that the system has set aside, the caller works alone for a while, longer each time.
 *
 * `run` throws an Error where a thread fails, or takes a chunk and falls silent. The pool is closed then.
 */
export function threadPool(options: ThreadPoolOptions): ThreadPool {
  const { modules, memory, threads, timeoutMs, callerWorks = true } = options
  const control = new Int32Array(new SharedArrayBuffer(slots.length * 4))
  const kernels = modules.flatMap(({ module, kernelNames }) => {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return kernelNames.map((name) => exports[name] as RangeKernel)
  })
  const helpers = new Map<number, ThreadHandle>()
  const source = `const take = ${takeChunks.toString()}; const serve = ${serveThread.toString()};`
  let closed = false
  /** How many works the caller is yet to do alone, and how many after the next delay. */
  let alone = 0
  let penalty = 4

  function startMissing(): void {
    for (let thread = 1; thread < threads; thread++) {
      if (helpers.has(thread)) continue
      const data: ThreadData = { modules, memory, control, slots, thread, looks }
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
    for (let i = 0; i < values.length; i++) control[slots.firstArgument + i] = values[i]!
    control[slots.kernel] = kernel
    control[slots.total] = total
    control[slots.chunkSize] = chunkSize
    control[slots.chunks] = chunks
    control[slots.work] = work
    control[slots.workBytes] = workBytes
    control[slots.arity] = values.length
    control[slots.done] = 0
    control[slots.refused] = 0
    Atomics.store(control, slots.left, chunks)
    return chunks
  }

  /** Works come alone after a delay: 4 of them, then 8, 16 … */
  function judge(late: boolean): void {
    if (late) {
      alone = penalty
      penalty = Math.min(2 * penalty, mostWorksAlone)
    } else penalty = Math.max(penalty - 1, 4)
  }

  function wake(): void {
    Atomics.add(control, slots.wake, 1)
    Atomics.notify(control, slots.wake)
  }

  function awaitDone(chunks: number): void {
    for (let look = 0; look < looks && Atomics.load(control, slots.done) < chunks; look++);
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
      if (
        Atomics.wait(control, slots.done, done, timeoutMs) === 'timed-out' &&
        Atomics.load(control, slots.done) === done
      ) {
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
      if (alone === 0) wake()
    },
    run(work) {
      if (closed) throw new Error('kernels: the threads are closed')
      startMissing()
      try {
        const chunks = setOut(work)
        if (alone > 0) {
          alone--
          takeChunks(control, slots, kernels, 0)
          awaitDone(chunks)
        } else {
          wake()
          const from = performance.now()
          const own = callerWorks ? takeChunks(control, slots, kernels, 0) : 0
          const taken = performance.now()
          awaitDone(chunks)
          if (own > 0) judge(performance.now() - taken > 0.1 + (chunksLate * (taken - from)) / own)
        }
        return Atomics.load(control, slots.refused) === 0
      } catch (error) {
        close()
        throw error
      }
    },
    close,
  }
}
