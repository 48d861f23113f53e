import { csv } from '../../text/csv.ts'
import { rounded } from './rounded.ts'
import type { ResultRun, Results } from './results.ts'

const columns: readonly (readonly [name: string, of: (run: ResultRun) => string | number | undefined])[] = [
  ['run', ({ id }) => id],
  ['arm', ({ arm }) => arm],
  ['seed', ({ seed }) => seed],
  ['ended', ({ why }) => why],
  ['seconds', ({ seconds }) => rounded(seconds, 3)],
  ['steps', ({ steps }) => steps],
  ['epochs', ({ epochs }) => rounded(epochs)],
  ['train_loss', ({ trainLoss }) => rounded(trainLoss)],
  ['train_accuracy', ({ trainAccuracy }) => rounded(trainAccuracy)],
  ['pristine_accuracy', ({ pristineAccuracy }) => rounded(pristineAccuracy)],
  ['corrupt_accuracy', ({ corruptAccuracy }) => rounded(corruptAccuracy)],
  ['test_loss', ({ testLoss }) => rounded(testLoss)],
  ['test_accuracy', ({ testAccuracy }) => rounded(testAccuracy)],
  ['peak_m_alpha', ({ peak }) => rounded(peak)],
  ['last_m_alpha', ({ last }) => rounded(last)],
]

/** A line for each run: where it ended. A run that several experiments go by stands with each. */
export function runsCsv({ scale, sections }: Results): string {
  const rows = sections.flatMap(({ experiment, flags, runs }) =>
    runs.map((run) => [experiment, flags, scale, ...columns.map(([, of]) => of(run))]),
  )
  return csv([['experiment', 'setting', 'scale', ...columns.map(([name]) => name)], ...rows])
}
