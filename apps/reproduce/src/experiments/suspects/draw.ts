import type { Figure, Panel } from '../../figure/figure.ts'
import { criteria, stages, type Stage } from '../../suspects/scores.ts'
import { falseAlarms } from '../../suspects/judged-rankings.ts'
import { conditionsOf, noted, type Ranked } from './rankings.ts'
import { mean } from '../../statistics/mean.ts'

const count = (n: number): string => n.toLocaleString('en')

/** ROC curves: a column a condition, a row a stage. */
export function drawRankings(runs: readonly Ranked[]): Figure {
  const conditions = [...conditionsOf(runs)]
  return {
    id: 'suspects',
    title: 'Which examples have wrong labels',
    caption: captionOf(runs),
    rowLabels: [...stages],
    rows:
      conditions.length === 0 ? [] : stages.map((stage) => conditions.map(([name, own]) => panelOf(name, own, stage))),
  }
}

function panelOf(title: string, runs: readonly Ranked[], stage: Stage): Panel {
  return {
    title,
    x: { label: 'right labels suspected', domain: [0, 1] },
    y: { label: 'wrong labels found', domain: [0, 1] },
    series: criteria.map((criterion) => ({
      name: criterion,
      mark: 'line',
      points: [
        [0, 0] as const,
        ...falseAlarms.map((rate) => {
          const found = runs.map((run) => noted(run, criterion, 'wrong labels found', `${stage} at ${rate}`))
          return [rate, mean(found)] as const
        }),
      ],
    })),
  }
}

function captionOf(runs: readonly Ranked[]): string {
  const [first] = runs
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, scoring } = first.spec
  const { network, epochs, folds } = scoring
  const seeds = new Set(runs.map((run) => run.spec.seed)).size
  return (
    `${count(data.examples)} training examples, ${network.hidden.join('-')} hidden units, SGD, batch ${network.batchSize}, ` +
    `learning rate ${network.learningRate}, ${epochs} epochs, mean over ${seeds} seed${seeds === 1 ? '' : 's'}. Examples are ` +
    'ranked by how little the sum of all other gradients helps them (gᵢ·Σⱼ≠ᵢ gⱼ), by the direction alone (its cosine), by loss, by margin; first: a third through the ' +
    `first epoch, early: after 4 epochs, late: after all, throughout: the mean over looks after ⅓, 1, 2, 4, … epochs. Confident learning has no stages: ${folds} ` +
    'networks, 4 epochs each, answer for examples that they were not trained on.'
  )
}
