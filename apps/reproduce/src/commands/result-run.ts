import { existsSync, readFileSync } from 'node:fs'
import type { ResultRun } from '../report/markdown/results.ts'
import type { RunTime } from '../report/markdown/time-taken.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import type { RunDone } from '../runner/run-done.ts'
import { runFiles } from '../runner/run-files.ts'

/** A run that is done in short: where it ended, and how long it took. */
export function resultRun(runs: string, run: RunResult<RunSpec>): { readonly row: ResultRun; readonly time: RunTime } {
  const file = runFiles(runs, run.spec).done
  const {
    why = 'computed',
    began,
    ended,
  } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OldOrNew) : {}
  const elapsed = elapsedOf(run)
  const span = began === undefined || ended === undefined ? undefined : ([began, ended] as const)
  const ms = span === undefined ? elapsed : span[1] - span[0]
  const { steps, coherence, evaluations, spec } = run
  const last = (split: string, population = 'all'): RunResult['evaluations'][number] | undefined =>
    evaluations.findLast((row) => row.split === split && row.population === population)
  const whole = coherence
    .filter((row) => row.scope === 'all' && row.population === 'all' && row.split === 'train')
    .map((row) => row.mAlpha)
  return {
    row: without({
      id: run.id,
      arm: spec.arm,
      seed: spec.seed,
      why,
      seconds: ms === undefined ? undefined : ms / 1000,
      steps: steps.at(-1)?.step,
      epochs: steps.at(-1)?.epoch,
      trainLoss: last('train')?.loss,
      trainAccuracy: last('train')?.accuracy,
      pristineAccuracy: last('train', 'pristine')?.accuracy,
      corruptAccuracy: last('train', 'corrupt')?.accuracy,
      testLoss: last('test')?.loss,
      testAccuracy: last('test')?.accuracy,
      peak: whole.length === 0 ? undefined : whole.reduce((a, b) => Math.max(a, b)),
      last: whole.at(-1),
    }),
    time: without({ span, elapsed }),
  }
}

/** Before runs noted down when they began and ended. */
type OldOrNew = Pick<RunDone, 'why'> & Partial<RunDone>

/** What the clock column of a run's steps says: it begins anew where the run was killed and gone on with. */
function elapsedOf({ steps, evaluations, coherence }: RunResult<RunSpec>): number | undefined {
  if (steps.length === 0) return undefined
  const last = Math.max(...[steps, evaluations, coherence].map((rows) => rows.at(-1)?.elapsedMs ?? 0))
  return steps.reduce((sum, { elapsedMs }, i) => {
    const before = steps[i - 1]?.elapsedMs ?? 0
    return elapsedMs < before ? sum + before : sum
  }, last)
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function without<T extends object>(facts: T): Present<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Present<T>
}
