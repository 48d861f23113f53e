import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { armsOf, describeRuns } from './arms.ts'
import type { FigureWords } from './draw.ts'

/** Coherence of each layer along the run, a row for each arm: what the paper's Figure 3 shows for AlexNet. */
export function drawLayers(results: readonly RunResult[], words: FigureWords = ofFigure1(results)): Figure {
  const arms = armsOf(results)
  const scopes = [...new Set(results.flatMap((result) => result.coherence.map((row) => row.scope)))].filter((scope) =>
    scope.startsWith('layer:'),
  )
  const rows = arms.map((arm) =>
    scopes.map((scope): Panel => ({
      title: scope.slice('layer:'.length),
      x: { label: 'epoch' },
      y: { label: 'm·α', scale: 'log' },
      series: arm.runs.flatMap((run) =>
        (['train', 'test'] as const).map((split) => ({
          name: split,
          role: split,
          mark: 'line' as const,
          points: run.coherence
            .filter((row) => row.scope === scope && row.split === split)
            .map((row) => [row.epoch, row.mAlpha] as const),
        })),
      ),
      rules: [orthogonalLimit],
    })),
  )
  return {
    ...words,
    layers: true,
    rowLabels: arms.map((arm) => arm.name),
    rows,
  }
}

function ofFigure1(results: readonly RunResult[]): FigureWords {
  return {
    id: 'fig-1-layers',
    title: 'Coherence layer by layer',
    caption: `${describeRuns(results)} Coherence of the whole network is an average over its layers, and they need not agree.`,
  }
}
