import type { Figure, Panel } from '../../figure/figure.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { pointsOf } from '../quantities.ts'
import { caption } from './caption.ts'
import { type EasyAndHardRun, kinds } from './outcome.ts'
import { overSeeds } from './over-seeds.ts'

/** m·α of each layer while a network is trained on either kind. */
export function drawLayersByKind(runs: readonly EasyAndHardRun[]): Figure {
  const items = new Set(runs.flatMap(({ quantities }) => quantities.map(({ item }) => item)))
  const layers = [...items].filter((item) => item.startsWith('layer:'))
  return {
    id: 'fig-7-layers',
    layers: true,
    title: 'Easy against hard examples, layer by layer',
    caption: caption(runs),
    rows: [
      layers.map((layer): Panel => ({
        title: layer.slice('layer:'.length),
        x: { label: 'step' },
        y: { label: 'm·α', scale: 'log' },
        series: kinds.map((kind) => ({
          name: kind,
          role: kind === 'easy' ? 'pristine' : 'corrupt',
          mark: 'line',
          ...overSeeds(
            runs.map(({ quantities }) => pointsOf(quantities, kind, 'm·α', layer)),
            'log',
          ),
        })),
        rules: [orthogonalLimit],
      })),
    ],
  }
}
