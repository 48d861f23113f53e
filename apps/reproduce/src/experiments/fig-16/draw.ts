import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { armsOf } from '../fig-1/arms.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'

const splits = ['train', 'test'] as const

/** Loss and coherence step by step, a row for each arm. */
export function drawFirstSteps(results: readonly RunResult[], caption: string): Figure {
  const arms = armsOf(results)
  return {
    id: 'fig-16',
    title: 'The first steps',
    caption,
    rowLabels: arms.map(({ name }) => name),
    rows: arms.map(({ runs }): Panel[] => [
      { title: 'Loss', x: { label: 'step' }, y: { label: 'loss' }, series: runs.flatMap(losses) },
      {
        title: 'Coherence',
        x: { label: 'step' },
        y: { label: 'm·α', scale: 'log' },
        series: runs.flatMap(coherence),
        rules: [orthogonalLimit],
      },
    ]),
  }
}

function losses(run: RunResult): readonly Series[] {
  return splits.map((split) => ({
    name: split,
    role: split,
    mark: 'line',
    points: run.evaluations
      .filter((row) => row.split === split && row.population === 'all')
      .map((row) => [row.step, row.loss] as const),
  }))
}

function coherence(run: RunResult): readonly Series[] {
  return splits.map((split) => ({
    name: split,
    role: split,
    mark: 'line',
    points: run.coherence
      .filter((row) => row.split === split && row.scope === 'all' && row.population === 'all')
      .map((row) => [row.step, row.mAlpha] as const),
  }))
}
