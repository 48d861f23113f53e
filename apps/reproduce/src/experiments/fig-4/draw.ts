import type { Figure, Panel, Rule, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import type { Study } from './study.ts'
import { byRule, settingOf, valuesOf } from './setting-of.ts'

/** The paper's grid: a column for each amount of label noise, a row for each level of winsorization. */
export function drawWinsorizedSgd(study: Study, runs: readonly RunResult[]): Figure {
  const noises = valuesOf(runs, 'noise')
  const { winsorized, own } = byRule(runs)
  const rows = [
    ...valuesOf(winsorized, 'level').map((level) => ({
      label: `c = ${level}`,
      of: winsorized.filter((run) => settingOf(run).level === level),
    })),
    ...[...own].map(([label, of]) => ({ label, of })),
  ]
  return {
    id: study.ids[0],
    title: study.titles[0],
    caption:
      `${describeTraining(runs)} Rows: c percent of ${study.over} are clipped on each side of every coordinate of the ` +
      `gradient; c = 0 is ${study.plain}. Columns: ${study.columns}. Overfit is training minus test accuracy: below zero ` +
      'where the network answers the test set better than its own training set. ' +
      `Dashed: ${study.dashed}. The paper: ${study.paper}.`,
    rowLabels: rows.map(({ label }) => label),
    rows: rows.map(({ of }) =>
      noises.map((noise): Panel => {
        const cell = of.filter((run) => settingOf(run).noise === noise)
        return {
          title: `${100 * noise}% noise`,
          x: { label: 'epoch' },
          y: { label: 'accuracy' },
          series: cell.flatMap(curvesOf),
          rules: [pristineOnly(noise)],
        }
      }),
    ),
  }
}

/** Of the labels drawn anew a tenth are right by chance, and a tenth of the classes of noise images are guessed. */
function pristineOnly(noise: number): Rule {
  return { y: 1 - 0.9 * noise, label: 'pristine alone: 1 − 0.9ε' }
}

function curvesOf(run: RunResult): readonly Series[] {
  const of = (split: string): RunResult['evaluations'] =>
    run.evaluations.filter((row) => row.split === split && row.population === 'all')
  const [train, test] = [of('train'), of('test')]
  const tested = new Map(test.map((row) => [row.step, row.accuracy]))
  const overfit = train.flatMap(({ step, epoch, accuracy }) => {
    const other = tested.get(step)
    return other === undefined ? [] : [[epoch, accuracy - other] as const]
  })
  return [
    { name: 'training accuracy', role: 'train', mark: 'line', points: train.map((row) => [row.epoch, row.accuracy]) },
    { name: 'test accuracy', role: 'test', mark: 'line', points: test.map((row) => [row.epoch, row.accuracy]) },
    { name: 'overfit (training − test)', role: 'neutral', mark: 'line', points: overfit },
  ]
}
