import type { Failure } from '@coherent-gradients/core'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { processFile } from '../installed.ts'
import type { RunProgress } from './run-progress.ts'
import type { WorkerInput } from './run-worker.ts'

/**
 * Makes one run in a worker thread of its own.
 *
 * @param signal ends the thread at once, as a kill would; the run has then stopped with a failure.
 * @returns what stopped it; undefined where it is done.
 */
export function runInWorker(
  input: WorkerInput,
  tell: (progress: RunProgress) => void,
  signal?: AbortSignal,
): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    let failure: Failure | undefined
    const worker = new Worker(processFile('runner/run-worker'), {
      workerData: input,
      // Libraries under an engine read the environment of the process, which a worker else couldn't set.
      env: SHARE_ENV,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    signal?.addEventListener('abort', () => void worker.terminate())
    worker.on('message', (progress: RunProgress) => {
      if (progress.kind === 'failed') failure = progress.failure
      else tell(progress)
    })
    worker.on('error', (error) => {
      failure ??= {
        _tag: 'WorkerDied',
        message: `run ${input.spec.experiment}/${input.spec.arm} stopped: ${error instanceof Error ? error.message : String(error)}`,
      }
    })
    worker.on('exit', (code) => {
      if (code !== 0)
        failure ??= {
          _tag: 'WorkerDied',
          message: `run ${input.spec.experiment}/${input.spec.arm}: its worker ended with code ${code}`,
        }
      resolve(failure)
    })
  })
}
