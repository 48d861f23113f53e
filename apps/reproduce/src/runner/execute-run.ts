import type { Failure } from '@coherent-gradients/core'
import { openEngine, type Engine } from '@coherent-gradients/engine'
import {
  createRunLog,
  readCheckpoint,
  resumeRunLog,
  writeCheckpoint,
  writeFileAtomically,
  type Checkpoint,
} from '@coherent-gradients/runlog'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { existsSync } from 'node:fs'
import type { RunSpec } from '../run-spec.ts'
import { environmentOf } from './environment-of.ts'
import { failureOf } from './failure-of.ts'
import type { DataPlace } from './open-data.ts'
import { requireSpec } from './require-spec.ts'
import type { RunDone } from './run-done.ts'
import { runFiles } from './run-files.ts'
import { takeRunLock } from './run-lock.ts'
import type { RunProgress } from './run-progress.ts'
import { taskOf } from './tasks/index.ts'
import type { Prepared } from './tasks/task.ts'

export interface ExecuteOptions extends DataPlace {
  readonly spec: RunSpec
  /** The folder of all runs. */
  readonly runs: string
  readonly tell: (progress: RunProgress) => void
}

/**
 * Makes one run, or goes on with it from its last checkpoint: does its task's work, writes its tables and, last of all,
 * DONE. Nothing of it is written before the run's lock is had; where the run is done by then, nothing is done.
 *
 * @returns a failure when the data, the engine or the folder can't be had, or the folder holds another spec;
 *   `RunElsewhere` where another process is making the run.
 */
export function executeRun({ spec, runs, tell, ...place }: ExecuteOptions): TE.TaskEither<Failure, void> {
  const files = runFiles(runs, spec)
  const task = taskOf(spec)
  const began = Date.now()
  const started = performance.now()
  // The clock of the day may be set meanwhile; how long it took doesn't depend on it.
  const done = (why: RunDone['why']): RunDone => ({
    why,
    began,
    ended: began + Math.round(performance.now() - started),
  })
  const attempt = <A>(work: () => Promise<A>): TE.TaskEither<Failure, A> =>
    TE.tryCatch(work, (cause) => failureOf(spec, cause))
  const save = async (checkpoint: Checkpoint): Promise<void> => {
    const saved = await writeCheckpoint(files.checkpoint, checkpoint)()
    if (E.isLeft(saved)) throw new Error(saved.left.message, { cause: saved.left })
  }
  const write = (engine: Engine | undefined, prepared: Prepared): TE.TaskEither<Failure, void> =>
    fn.pipe(
      requireSpec(files.spec, spec),
      TE.chainW(() => readCheckpoint(files.checkpoint)),
      TE.bindTo('checkpoint'),
      TE.bindW('log', ({ checkpoint }) =>
        checkpoint === null
          ? createRunLog(files.directory, task.tables(spec))
          : resumeRunLog(files.directory, checkpoint.offsets),
      ),
      TE.chainFirstW(() =>
        writeFileAtomically(files.environment, `${JSON.stringify(environmentOf(engine, prepared.data), null, 2)}\n`),
      ),
      TE.chainW(({ log, checkpoint }) => attempt(() => prepared.make({ log, checkpoint, save, tell }))),
      TE.chainW((why) => writeFileAtomically(files.done, `${JSON.stringify(done(why))}\n`)),
      TE.mapLeft((failure): Failure => failure),
    )
  return fn.pipe(
    spec.engine === undefined ? TE.right<Failure, Engine | undefined>(undefined) : openEngine(spec.engine),
    TE.bindTo('engine'),
    TE.bindW('prepare', () => attempt(() => task.load())),
    TE.bindW('prepared', ({ prepare }) => prepare({ spec, runs, ...place })),
    TE.chainW(({ engine, prepared }) =>
      TE.bracketW(
        () => takeRunLock(files),
        () => (existsSync(files.done) ? TE.right(undefined) : write(engine, prepared)),
        (lock, outcome) => TE.fromTask(() => lock.release(E.isRight(outcome))),
      ),
    ),
    TE.mapLeft((failure): Failure => failure),
  )
}
