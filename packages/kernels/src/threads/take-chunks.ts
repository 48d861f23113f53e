import type { Slots } from './slots.ts'

/** A kernel over a range: its arguments, then from, to and a room to work in. 0 says that it refuses its input. */
export type RangeKernel = (...numbers: number[]) => number | undefined

/**
 * Takes chunks of the work that is set out, one after the other, until none is left, and returns how many. Runs in every
 * thread, in the others from its own text: it uses nothing but its arguments.
 */
export function takeChunks(control: Int32Array, slots: Slots, kernels: readonly RangeKernel[], thread: number): number {
  let taken = 0
  // Who takes a chunk finds the rest of the work as it was set out: `left` is set last, and the next work waits for this one.
  while (Atomics.load(control, slots.left) > 0) {
    const left = Atomics.sub(control, slots.left, 1)
    if (left <= 0) break
    taken++
    const chunks = control[slots.chunks]!
    const chunkSize = control[slots.chunkSize]!
    const from = (chunks - left) * chunkSize
    const to = Math.min(from + chunkSize, control[slots.total]!)
    const numbers: number[] = []
    for (let i = 0; i < control[slots.arity]!; i++) numbers.push(control[slots.firstArgument + i]!)
    numbers.push(from, to, control[slots.work]! + thread * control[slots.workBytes]!)
    if (kernels[control[slots.kernel]!]!(...numbers) === 0) Atomics.store(control, slots.refused, 1)
    if (Atomics.add(control, slots.done, 1) === chunks - 1) Atomics.notify(control, slots.done)
  }
  return taken
}
