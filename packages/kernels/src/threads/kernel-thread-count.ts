import { threadLimit } from '#platform'

let wanted: number | undefined

/** Over how many threads kernels are to spread their work in this thread: what `setKernelThreads` says, or its default. */
export function kernelThreadCount(): number {
  return (wanted ??= Math.min(threadLimit().threads, 4))
}

export function setKernelThreadCount(threads: number): void {
  wanted = threads
}
