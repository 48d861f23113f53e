import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import { pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { helpOf } from './help-of.ts'

const examples = [1, 2, 3, 4]
const axis = (label: string): Panel['x'] => ({ label, domain: [0.5, 4.5] })

/** Who helps whom on L and on M, and m·α along the descent. */
export function drawHelp(results: readonly (RunResult<DescentSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const table = (set: 'L' | 'M', title: string): Panel => ({
    title,
    x: axis('a step for this example’s gradient …'),
    y: { ...axis('… lowers the loss of this one'), reverse: true },
    heat: {
      x: examples,
      y: examples,
      values: examples.flatMap((i) => examples.map((j) => helpOf(rows, set, i, j))),
      label: 'loss lowered, as a share of what its own step does',
      domain: [0, 1],
    },
    series: [],
  })
  return [
    {
      id: 'example-4',
      title: 'Who helps whom: 2.5 of four on L, 1 of four on M',
      caption:
        'A step down one example’s gradient lowers every example’s loss by as much as the two gradients have in common. On L ' +
        'that is half of what a step of its own would do, through the shared feature: 1 + 3 × 0.5 = 2.5. On M the gradients ' +
        'are orthogonal. Neither changes along the descent from w = 0 (learning rate 0.1).',
      rows: [
        [
          table('L', 'L (“real”)'),
          table('M', 'M (“random”)'),
          {
            title: 'm·α along the descent',
            x: { label: 'step' },
            y: { label: 'm·α', domain: [0, 4] },
            series: (['L', 'M'] as const).map((set) => ({
              name: set,
              role: set === 'L' ? 'real' : 'random',
              mark: 'line',
              points: pointsOf(rows, set, 'm·α', 'all'),
            })),
            rules: [{ y: 1, label: 'orthogonal limit' }],
          },
        ],
      ],
    },
  ]
}
