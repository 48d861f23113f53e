import type { Slots } from './slots.ts'
import type { RangeKernel, takeChunks } from './take-chunks.ts'

/** A compiled entry whose kernels threads may run. */
export interface KernelModule {
  readonly module: WebAssembly.Module
  readonly kernelNames: readonly string[]
}

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly modules: readonly KernelModule[]
  readonly memory: WebAssembly.Memory
  readonly control: Int32Array
  readonly slots: Slots
  readonly thread: number
  /** How often to look for more work before sleeping. */
  readonly looks: number
}

/**
 * What a thread does: sleep, take chunks when it is woken, look a while for more, sleep again, until it is told to stop.
 * What it throws it leaves as a message. Runs from its own text: it uses nothing but its arguments.
 */
export function serveThread(data: ThreadData, take: typeof takeChunks): void {
  const { modules, memory, control, slots, thread, looks } = data
  try {
    const kernels = modules.flatMap(({ module, kernelNames }) => {
      const { exports } = new WebAssembly.Instance(module, { env: { memory } })
      return kernelNames.map((name) => exports[name] as RangeKernel)
    })
    // Work that was set out before the thread had started is taken at once.
    for (let seen = -1; Atomics.load(control, slots.stop) === 0;) {
      for (let look = 0; look < looks && Atomics.load(control, slots.wake) === seen; look++);
      if (Atomics.load(control, slots.wake) === seen) Atomics.wait(control, slots.wake, seen)
      seen = Atomics.load(control, slots.wake)
      take(control, slots, kernels, thread)
    }
  } catch (error) {
    const letters = String(error).slice(0, 256)
    for (let i = 0; i < letters.length; i++) control[slots.message + 1 + i] = letters.charCodeAt(i)
    control[slots.message] = letters.length
    Atomics.store(control, slots.failed, thread)
    Atomics.notify(control, slots.done)
  }
}
