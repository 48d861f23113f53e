import { orderStatisticsIn } from '@coherent-gradients/kernels'
import type { KernelThreads, PlacedOrderStatistics } from '@coherent-gradients/kernels'
import type { TensorPlaces } from '@coherent-gradients/kernels/tfjs'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { filled } from './filled.ts'
import { kernelThreadsOf } from './kernel-threads-of.ts'
import { tensorMemory } from './tensor-memory.ts'

const known = new WeakMap<KernelThreads, PlacedOrderStatistics>()

/**
 * The memory of a wasm backend for order statistics in place, on the threads of its products. Undefined where several
 * threads are wanted and its memory isn't shared.
 */
export function tensorPlacesOf(backend: KernelBackend): TensorPlaces | undefined {
  const threads = kernelThreadsOf(backend)
  if (threads.threads < threads.wanted) return undefined
  const memory = tensorMemory(backend)
  let statistics = known.get(threads)
  if (statistics === undefined) known.set(threads, (statistics = orderStatisticsIn(memory.memory, { threads })))
  return {
    statistics,
    addressOf: memory.addressOf,
    filled(shape, fill) {
      const output = memory.output(shape, 'float32')
      return filled(backend, output, () => fill(memory.addressOf(output)))
    },
    view: (address, length) => new Float32Array(memory.memory.buffer, address, length),
    scratch: memory.scratch,
  }
}
