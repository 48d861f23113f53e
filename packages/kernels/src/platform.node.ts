import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ThreadHandle, ThreadLimit } from './threads/thread-handle.ts'

export type { ThreadHandle, ThreadLimit }

/** Every thread of Node may wait, the main one too. */
export function threadLimit(): ThreadLimit {
  return { threads: availableParallelism() }
}

/**
 * Starts a thread that runs `serve(data, take)` of the source. It doesn't keep the process alive. `ended` is called when it
 * has ended, whatever the reason.
 */
export function startThread(source: string, data: object, ended: () => void): ThreadHandle {
  const worker = new Worker(`${source} serve(require('node:worker_threads').workerData, take)`, {
    eval: true,
    workerData: data,
    execArgv: [],
    name: 'kernels',
  })
  worker.unref()
  worker.on('error', ended)
  worker.on('exit', ended)
  return { end: () => void worker.terminate() }
}
