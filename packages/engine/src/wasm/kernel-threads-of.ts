import { openKernelThreads, type KernelThreads } from '@coherent-gradients/kernels'
import { kernelThreadCount } from '@coherent-gradients/kernels/tfjs'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

const known = new WeakMap<WebAssembly.Memory, KernelThreads>()

/** The threads that work in the memory of a wasm backend: as many as `setKernelThreads` says now, where it is shared. */
export function kernelThreadsOf(backend: KernelBackend): KernelThreads {
  const { memory } = tensorMemory(backend)
  const wanted = kernelThreadCount()
  const before = known.get(memory)
  if (before?.wanted === wanted) return before
  if (before === undefined) endWith(backend, memory)
  else before.close()
  const threads = openKernelThreads(memory, { threads: wanted })
  known.set(memory, threads)
  return threads
}

/** Threads end with their backend, as they would hold its memory. */
function endWith(backend: KernelBackend, memory: WebAssembly.Memory): void {
  const dispose = backend.dispose.bind(backend)
  backend.dispose = () => {
    known.get(memory)?.close()
    dispose()
  }
}
