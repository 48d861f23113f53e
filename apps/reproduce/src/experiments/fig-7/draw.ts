import type { Figure, Panel, Series } from '../../figure/figure.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { pointsOf } from '../quantities.ts'
import { caption } from './caption.ts'
import { type EasyAndHardRun, type Kind, kinds } from './outcome.ts'
import { overSeeds } from './over-seeds.ts'

/** The four columns of Figure 1 for networks that are trained on easy, and on hard examples: a row a kind. */
export function drawEasyAndHard(runs: readonly EasyAndHardRun[]): Figure {
  return {
    id: 'fig-7',
    title: 'Easy against hard examples: training on either kind alone',
    caption: `${caption(runs)} Test: examples of the same kind. The paper: ResNet-50 on 500,000 easy and 500,000 hard images of ImageNet.`,
    rowLabels: [...kinds],
    rows: kinds.map((kind): Panel[] => [
      { title: 'Loss', x: { label: 'epoch' }, y: { label: 'loss', scale: 'log' }, series: fit(runs, kind, 'loss') },
      {
        title: 'Accuracy',
        x: { label: 'epoch' },
        y: { label: 'accuracy', domain: [0, 1] },
        series: fit(runs, kind, 'accuracy'),
      },
      {
        title: 'Coherence by epoch',
        x: { label: 'epoch' },
        y: { label: 'm·α', scale: 'log' },
        series: [{ name: 'train', role: 'train', mark: 'line', ...overSeeds(coherence(runs, kind), 'log') }],
        rules: [orthogonalLimit],
      },
      {
        title: 'Coherence by training loss',
        x: { label: 'training loss', scale: 'log', reverse: true },
        y: { label: 'm·α', scale: 'log' },
        // No two seeds have the same losses, so there is no mean to draw.
        series: byLoss(runs, kind).map((points) => ({ name: 'train', role: 'train', mark: 'line', points })),
        rules: [orthogonalLimit],
      },
    ]),
  }
}

const epochOf = ({ spec: { apart, data } }: EasyAndHardRun, step: number): number =>
  (step * apart.batchSize) / (10 * data.perClass.train)

function fit(runs: readonly EasyAndHardRun[], kind: Kind, quantity: 'loss' | 'accuracy'): Series[] {
  return (['train', 'test'] as const).map((split) => ({
    name: split,
    role: split,
    mark: 'line',
    ...overSeeds(
      runs.map((run) =>
        pointsOf(run.quantities, kind, quantity, split === 'train' ? split : `test ${kind}`).map(
          ([step, value]) => [epochOf(run, step), value] as const,
        ),
      ),
      quantity === 'loss' ? 'log' : 'linear',
    ),
  }))
}

function coherence(runs: readonly EasyAndHardRun[], kind: Kind): Series['points'][] {
  return runs.map((run) =>
    pointsOf(run.quantities, kind, 'm·α', 'train').map(([step, value]) => [epochOf(run, step), value] as const),
  )
}

function byLoss(runs: readonly EasyAndHardRun[], kind: Kind): Series['points'][] {
  return runs.map(({ quantities }) => {
    const losses = new Map(pointsOf(quantities, kind, 'loss', 'train'))
    return pointsOf(quantities, kind, 'm·α', 'train').map(
      ([step, value]) => [losses.get(step) ?? Number.NaN, value] as const,
    )
  })
}
