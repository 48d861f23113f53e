import type { ThreadHandle, ThreadLimit } from './threads/thread-handle.ts'

export type { ThreadHandle, ThreadLimit }

/** A page may not wait for its threads; a Worker may, and shares memory only where the page is isolated. */
export function threadLimit(): ThreadLimit {
  if (typeof WorkerGlobalScope === 'undefined' || !(globalThis instanceof WorkerGlobalScope)) {
    return { threads: 1, why: 'a page may not wait for threads: run in a Worker for more' }
  }
  if (!globalThis.crossOriginIsolated) {
    return { threads: 1, why: 'the page is not cross-origin isolated, so that threads cannot share memory' }
  }
  return { threads: navigator.hardwareConcurrency }
}

/**
 * Starts a thread that runs `serve(data, take)` of the source. `ended` is called when it fails. A browser starts it when the
 * caller's thread next comes to rest, and until then that one takes all chunks.
 */
export function startThread(source: string, data: object, ended: () => void): ThreadHandle {
  const text = `${source} onmessage = (event) => serve(event.data, take)`
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const worker = new Worker(address)
  worker.addEventListener('error', ended)
  worker.postMessage(data)
  return {
    end() {
      worker.terminate()
      URL.revokeObjectURL(address)
    },
  }
}
