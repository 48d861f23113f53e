import { either as E } from 'fp-ts'
import { parentPort, workerData } from 'node:worker_threads'
import { executeRun, type ExecuteOptions } from './execute-run.ts'
import type { RunProgress } from './run-progress.ts'

/** What a worker is given: one run, as plain data. */
export type WorkerInput = Omit<ExecuteOptions, 'tell'>

const tell = (progress: RunProgress): void => parentPort!.postMessage(progress)
const outcome = await executeRun({ ...(workerData as WorkerInput), tell })()
if (E.isLeft(outcome)) tell({ kind: 'failed', failure: { ...outcome.left, cause: undefined } as typeof outcome.left })
