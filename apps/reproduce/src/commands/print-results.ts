import { table, type Column } from '../console/table.ts'
import type { Output } from '../console/terminal.ts'
import type { ResultTable } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import type { Shown } from './show-result.ts'

const percent = (x: number | undefined): string => (x === undefined ? '–' : `${(100 * x).toFixed(1)}%`)
const number = (x: number | undefined): string => (x === undefined || !Number.isFinite(x) ? '–' : x.toFixed(1))

/** Accuracy on the training examples that noise left as they were, and on those that it changed. */
function byNoise(onImages: boolean): readonly Column<RunResult>[] {
  const [untouched, changed] = onImages ? ['real images', 'random images'] : ['pristine', 'corrupt']
  return [
    { header: untouched, align: 'right', value: (run) => percent(last(run, 'train', 'pristine')?.accuracy) },
    { header: changed, align: 'right', value: (run) => percent(last(run, 'train', 'corrupt')?.accuracy) },
  ]
}

const coherence: readonly Column<RunResult>[] = [
  { header: 'm·α at step 20', align: 'right', value: (run) => number(coherenceAt(run, 20)) },
  { header: 'at step 100', align: 'right', value: (run) => number(coherenceAt(run, 100)) },
  { header: 'half fitted', align: 'right', value: (run) => number(coherenceWhenHalfFitted(run)) },
  { header: 'at the end', align: 'right', value: (run) => number(whole(run).at(-1)?.mAlpha) },
]

/**
 * The closing table: the experiment's own, or a line for each training run with where it ended and how coherent its gradients
 * were on the way.
 */
export function printResults(out: Output, { results, tables }: Shown): void {
  if (tables.length > 0) return printTables(out, tables)
  const present = results.filter((result) => result !== undefined).filter(isTraining)
  if (present.length === 0) return void out.write('\n')
  const several = new Set(present.map((run) => run.spec.seed)).size > 1
  const noisy = present.filter((run) => last(run, 'train', 'corrupt') !== undefined)
  const onImages = noisy.every((run) => run.spec.data.noise.kind !== 'labels')
  const measured = present.some((run) => run.coherence.length > 0)
  out.write('\n')
  out.write(
    table(present, [
      { header: 'run', value: (run) => run.spec.arm },
      ...(several
        ? [{ header: 'seed', align: 'right' as const, value: (run: RunResult) => String(run.spec.seed) }]
        : []),
      { header: 'steps', align: 'right', value: (run) => String(run.steps.at(-1)?.step ?? 0) },
      { header: 'train accuracy', align: 'right', value: (run) => percent(last(run, 'train')?.accuracy) },
      ...(noisy.length > 0 ? byNoise(onImages) : []),
      { header: 'test accuracy', align: 'right', value: (run) => percent(last(run, 'test')?.accuracy) },
      ...(measured ? coherence : []),
    ]),
  )
  out.write(
    measured ? 'm·α: how many examples an example helps, itself included; 1 means nobody but itself.\n\n' : '\n',
  )
}

function printTables(out: Output, tables: readonly ResultTable[]): void {
  for (const { title, header, rows } of tables) {
    const columns = header.map((name, c): Column<readonly string[]> => ({
      header: name,
      align: c === 0 ? 'left' : 'right',
      value: (row) => row[c] ?? '',
    }))
    out.write(`\n${title}\n\n${table(rows, columns)}`)
  }
  out.write('\n')
}

function isTraining(run: RunResult<RunSpec>): run is RunResult {
  return run.spec.task === undefined
}

function last(run: RunResult, split: string, population = 'all'): RunResult['evaluations'][number] | undefined {
  return run.evaluations.findLast((row) => row.split === split && row.population === population)
}

function whole(run: RunResult): RunResult['coherence'] {
  return run.coherence.filter((row) => row.scope === 'all' && row.population === 'all' && row.split === 'train')
}

function coherenceAt(run: RunResult, step: number): number | undefined {
  return whole(run).find((row) => row.step >= step)?.mAlpha
}

function coherenceWhenHalfFitted(run: RunResult): number | undefined {
  const half = run.evaluations.find((row) => row.split === 'train' && row.population === 'all' && row.accuracy >= 0.5)
  return half === undefined ? undefined : coherenceAt(run, half.step)
}
