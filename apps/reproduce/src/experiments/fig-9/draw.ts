import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { caption } from './caption.ts'
import { wholeNetwork } from './whole-network.ts'

const populations = ['pristine', 'corrupt'] as const

/** Loss, accuracy and coherence, by epoch and by loss, of the examples with right and with wrong labels: a row a seed. */
export function drawPristineAgainstCorrupt(runs: readonly RunResult[]): Figure {
  return {
    id: 'fig-9',
    title: 'Pristine against corrupt examples',
    caption:
      `${caption(runs)} m·α says how many examples of its kind a step for one example helps, itself included; at the ` +
      'orthogonal limit, 1, it helps nobody but itself. Mixed: as many examples drawn from both kinds at once; their gradients partly cancel. Test ' +
      'labels are clean. The paper: ResNet-50 on ImageNet with 50% label noise.',
    rowLabels: runs.map((run) => `seed ${run.spec.seed}`),
    rows: runs.map(panelsOf),
  }
}

function panelsOf(run: RunResult): readonly Panel[] {
  const lossAt = new Map(wholeNetwork(run, 'all').map((row) => [row.step, row.loss]))
  return [
    { title: 'Loss', x: { label: 'epoch' }, y: { label: 'loss', scale: 'log' }, series: evaluations(run, 'loss') },
    {
      title: 'Accuracy',
      x: { label: 'epoch' },
      y: { label: 'accuracy', domain: [0, 1] },
      series: [...evaluations(run, 'accuracy'), testAccuracy(run)],
    },
    {
      title: 'Coherence by epoch',
      x: { label: 'epoch' },
      y: { label: 'm·α', scale: 'log' },
      series: coherence(run, (row) => row.epoch),
      rules: [orthogonalLimit],
    },
    {
      title: 'Coherence by training loss',
      x: { label: 'training loss', scale: 'log', reverse: true },
      y: { label: 'm·α', scale: 'log' },
      series: coherence(run, (row) => lossAt.get(row.step) ?? Number.NaN),
      rules: [orthogonalLimit],
    },
  ]
}

function evaluations(run: RunResult, what: 'loss' | 'accuracy'): Series[] {
  return populations.map((population) => ({
    name: population,
    role: population,
    mark: 'line',
    points: run.evaluations
      .filter((row) => row.split === 'train' && row.population === population)
      .map((row) => [row.epoch, row[what]] as const),
  }))
}

function testAccuracy(run: RunResult): Series {
  const rows = run.evaluations.filter((row) => row.split === 'test' && row.population === 'all')
  return {
    name: 'test',
    role: 'neutral',
    mark: 'line',
    dash: true,
    points: rows.map((row) => [row.epoch, row.accuracy]),
  }
}

function coherence(run: RunResult, x: (row: RunResult['coherence'][number]) => number): Series[] {
  const points = (population: 'all' | 'pristine' | 'corrupt'): Series['points'] =>
    wholeNetwork(run, population).map((row) => [x(row), row.mAlpha] as const)
  return [
    // First, so that the other two lie over it.
    { name: 'mixed', role: 'neutral', mark: 'line', points: points('all') },
    ...populations.map((population): Series => ({
      name: population,
      role: population,
      mark: 'line',
      points: points(population),
    })),
  ]
}
