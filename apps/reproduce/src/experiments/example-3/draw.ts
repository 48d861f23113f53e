import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { SIZES } from './samples.ts'

const kinds = [
  { name: 'equal gradients', sample: 'equal' },
  { name: 'orthogonal gradients', sample: 'orthogonal' },
  { name: 'orthogonal, norms from 1 to 100', sample: 'orthogonal, unequal' },
] as const

/** α and m·α of the yardsticks by the size of the sample. */
export function drawYardsticks(results: readonly (RunResult<GradientSampleSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const panel = (title: string, quantity: 'α' | 'm·α', rest: Pick<Panel, 'rules'>): Panel => ({
    title,
    x: { label: 'gradients m', scale: 'log' },
    y: { label: quantity, scale: 'log' },
    series: kinds.map(({ name, sample }): Series => ({
      name,
      mark: sample === 'orthogonal, unequal' ? 'dots' : 'line-and-dots',
      points: SIZES.map((m) => [m, firstOf(rows, `${sample}, m = ${m}`, quantity)] as const),
    })),
    ...rest,
  })
  return [
    {
      id: 'example-3',
      title: 'The two ends of the scale: orthogonal gradients and equal ones',
      caption:
        'α of orthogonal gradients is 1/m whatever their norms; the dots lie on the line. So α depends on m, and α over 1/m, ' +
        'which is m·α, is what can be read: 1 where an example helps nobody but itself, m where it helps all.',
      rows: [[panel('α', 'α', {}), panel('m·α', 'm·α', { rules: [{ y: 1, label: 'orthogonal limit' }] })]],
    },
  ]
}
