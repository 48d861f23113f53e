import type { Failure } from '@coherent-gradients/core'
import { setKernelThreads } from '@coherent-gradients/kernels/tfjs'
import { either as E } from 'fp-ts'
import { once } from 'node:events'
import { endWithParent } from './end-with-parent.ts'
import { executeRun, type ExecuteOptions } from './execute-run.ts'
import type { RunProgress } from './run-progress.ts'

/** What a worker is given: one run, as plain data, over how many threads its kernels may spread, and who started it. */
export interface WorkerInput extends Omit<ExecuteOptions, 'tell'> {
  readonly threads: number
}

/** What a worker says: how far its run is, and last of all how it ended. */
export type WorkerMessage =
  | {
      readonly kind: 'told'
      readonly progress: RunProgress
      /** When: milliseconds since the process began, by its own clock. A busy parent hears it later. */
      readonly at: number
    }
  | { readonly kind: 'ended'; readonly failure: Failure | undefined }

/** What a worker is sent, once. */
export interface WorkerOrder {
  readonly input: WorkerInput
  /** The process that started it. */
  readonly parent: number
}

// Ctrl-C reaches every process of a terminal's job. Who started this one says so, and ends it.
process.on('SIGINT', () => {})
const [{ input, parent }] = (await once(process, 'message')) as [WorkerOrder]
endWithParent(parent)
setKernelThreads(input.threads)
const outcome = await executeRun({ ...input, tell })()
// What caused a failure needn't be plain data.
const failure = E.isLeft(outcome) ? ({ ...outcome.left, cause: undefined } as Failure) : undefined
await say({ kind: 'ended', failure })
process.exit()

function tell(progress: RunProgress): void {
  void say({ kind: 'told', progress, at: performance.now() })
}

function say(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => void process.send!(message, undefined, undefined, () => resolve()))
}
