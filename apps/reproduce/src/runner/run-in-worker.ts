import type { Failure } from '@coherent-gradients/core'
import { fork, type ChildProcess } from 'node:child_process'
import { processFile } from '../installed.ts'
import { runFiles } from './run-files.ts'
import type { RunProgress } from './run-progress.ts'
import type { WorkerInput, WorkerMessage, WorkerOrder } from './run-worker.ts'

/** A worker's process ended, and it had not said why. */
export type WorkerDied = Failure<
  'WorkerDied',
  {
    /** `was ended by SIGKILL`. */
    how: string
  }
>

/**
 * Makes one run in a process of its own: what ends that, an abort in an engine's library, too little memory or a kill,
 * ends no other run and not this process. It ends with this one.
 *
 * @param tell is given how far the run is, and when the worker said so: milliseconds since its process began.
 * @param signal kills the process; the run has then stopped with a failure.
 * @returns what stopped it, `WorkerDied` where its process ended without a word; undefined where it is done.
 */
export function runInWorker(
  input: WorkerInput,
  tell: (progress: RunProgress, at: number) => void,
  signal?: AbortSignal,
): Promise<Failure | undefined> {
  const { spec, runs } = input
  return new Promise((resolve) => {
    let ended: { readonly failure: Failure | undefined } | undefined
    const died = (how: string): void => {
      const message = `run ${spec.experiment}/${spec.arm} (seed ${spec.seed}): its worker ${how}`
      const failure: WorkerDied = { _tag: 'WorkerDied', message, how }
      resolve(ended === undefined ? failure : ended.failure)
    }
    // Who looks at the processes sees by its argument which run this one makes.
    const child = fork(processFile('runner/run-worker'), [`${spec.experiment}/${runFiles(runs, spec).id}`], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // A loss need not be finite, and JSON has no word for that.
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    endWithThis(child)
    signal?.addEventListener('abort', () => child.kill('SIGKILL'))
    child.on('message', (message) => {
      const said = message as WorkerMessage
      if (said.kind === 'ended') ended = said
      else tell(said.progress, said.at)
    })
    child.on('error', (error) => died(`cannot be started or spoken to: ${error.message}`))
    // Not `exit`, which comes before the last words have been read.
    child.on('close', (code, by) => died(by === null ? `ended with code ${code}` : `was ended by ${by}`))
    const order: WorkerOrder = { input, parent: process.pid }
    child.send(order, () => {}) // where it can't be sent, the process has ended, which is heard above
  })
}

export function isWorkerDied(failure: Failure | undefined): failure is WorkerDied {
  return failure?._tag === 'WorkerDied'
}

const children = new Set<ChildProcess>()

/** Kills a child when this process exits. It would end by itself, but not at once. */
function endWithThis(child: ChildProcess): void {
  if (children.size === 0) process.on('exit', killAll)
  children.add(child)
  child.on('close', () => {
    children.delete(child)
    if (children.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}
