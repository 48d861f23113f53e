import type { Slots } from './slots.ts'

/** A kernel over a range: its arguments, then from, to and a room to work in. 0 says that it refuses its input. */
export type RangeKernel = (...numbers: number[]) => number | undefined

/**
 * Takes chunks of the work that is set out, one after the other, until none is left. Runs in every thread, in the others
 * from its own text: it uses nothing but its arguments.
 */
export function takeChunks(control: Int32Array, slots: Slots, kernels: readonly RangeKernel[], thread: number): void {
  while (Atomics.load(control, slots.left) > 0) {
    const left = Atomics.sub(control, slots.left, 1)
    if (left <= 0) return
    const at = (slot: number): number => Atomics.load(control, slot)
    const from = (at(slots.chunks) - left) * at(slots.chunkSize)
    const to = Math.min(from + at(slots.chunkSize), at(slots.total))
    const values = Array.from({ length: at(slots.arity) }, (_, i) => at(slots.firstArgument + i))
    const kernel = kernels[at(slots.kernel)] as RangeKernel
    const answer = kernel(...values, from, to, at(slots.work) + thread * at(slots.workBytes))
    if (answer === 0) Atomics.store(control, slots.refused, 1)
    Atomics.add(control, slots.done, 1)
    Atomics.notify(control, slots.done)
  }
}
