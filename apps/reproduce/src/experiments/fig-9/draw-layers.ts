import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { caption } from './caption.ts'

const populations = ['pristine', 'corrupt'] as const

/** Coherence of each layer along the run, right and wrong labels apart: a row a seed. */
export function drawLayersByLabel(runs: readonly RunResult[]): Figure {
  const scopes = [...new Set(runs.flatMap((run) => run.coherence.map((row) => row.scope)))].filter((scope) =>
    scope.startsWith('layer:'),
  )
  return {
    id: 'fig-9-layers',
    layers: true,
    title: 'Pristine against corrupt examples, layer by layer',
    caption: caption(runs),
    rowLabels: runs.map((run) => `seed ${run.spec.seed}`),
    rows: runs.map((run) =>
      scopes.map((scope): Panel => ({
        title: scope.slice('layer:'.length),
        x: { label: 'epoch' },
        y: { label: 'm·α', scale: 'log' },
        series: populations.map((population) => ({
          name: population,
          role: population,
          mark: 'line',
          points: run.coherence
            .filter((row) => row.scope === scope && row.split === 'train' && row.population === population)
            .map((row) => [row.epoch, row.mAlpha] as const),
        })),
        rules: [orthogonalLimit],
      })),
    ),
  }
}
