import type { ResultTable } from '../../experiment.ts'
import { criteria, stages, type Criterion, type Stage } from '../../suspects/scores.ts'
import { conditionsOf, noted, type Ranked } from './rankings.ts'
import { mean } from '../../statistics/mean.ts'

/** Every ranking under every condition: average precision, and the area under the ROC curve. */
export function tabulateRankings(runs: readonly Ranked[]): readonly ResultTable[] {
  const conditions = [...conditionsOf(runs)]
  const rankings = criteria.flatMap((criterion): readonly (readonly [string, Criterion, Stage])[] =>
    criterion === 'confident learning'
      ? [[criterion, criterion, 'early']]
      : stages.map((stage) => [`${criterion}, ${stage}`, criterion, stage] as const),
  )
  const table = (title: string, quantity: string, first: readonly (readonly string[])[]): ResultTable => ({
    title,
    header: ['ranked by', ...conditions.map(([name]) => name)],
    rows: [
      ...first,
      ...rankings.map(([name, criterion, stage]) => [
        name,
        ...conditions.map(([, own]) => inPercent(own.map((run) => noted(run, criterion, quantity, stage)))),
      ]),
    ],
  })
  const chance = [
    'chance',
    ...conditions.map(([, own]) => inPercent(own.map((run) => noted(run, 'labels', 'share of wrong labels', '')))),
  ]
  return conditions.length === 0
    ? []
    : [
        table('Average precision in %, mean over the seeds', 'average precision', [chance]),
        table('Area under the ROC curve in %, mean over the seeds', 'area under the ROC curve', []),
      ]
}

const inPercent = (values: readonly number[]): string => (100 * mean(values)).toFixed(1)
