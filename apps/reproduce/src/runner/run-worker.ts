import { setKernelThreads } from '@coherent-gradients/kernels/tfjs'
import { either as E } from 'fp-ts'
import { parentPort, workerData } from 'node:worker_threads'
import { executeRun, type ExecuteOptions } from './execute-run.ts'
import type { RunProgress } from './run-progress.ts'

/** What a worker is given: one run, as plain data, and over how many threads its kernels may spread. */
export type WorkerInput = Omit<ExecuteOptions, 'tell'> & { readonly threads: number }

const tell = (progress: RunProgress): void => parentPort!.postMessage(progress)
const { threads, ...input } = workerData as WorkerInput
setKernelThreads(threads)
const outcome = await executeRun({ ...input, tell })()
if (E.isLeft(outcome)) tell({ kind: 'failed', failure: { ...outcome.left, cause: undefined } as typeof outcome.left })
