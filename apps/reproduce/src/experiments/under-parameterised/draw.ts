import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { RunSpec } from '../../run-spec.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { COPIES, copiesName, DIMENSIONS } from './samples.ts'

/** α and m·α of k copies of d orthogonal gradients. */
export function drawCopies(results: readonly (RunResult<RunSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const panel = (quantity: 'α' | 'm·α', rest: Pick<Panel, 'rules'>): Panel => ({
    title: quantity,
    x: { label: 'examples m = k·d', scale: 'log' },
    y: { label: quantity, scale: 'log' },
    series: DIMENSIONS.map((d) => ({
      name: `${d} dimension${d === 1 ? '' : 's'}`,
      mark: 'line-and-dots',
      points: COPIES.map((k) => [k * d, firstOf(rows, copiesName(d, k), quantity)] as const),
    })),
    ...rest,
  })
  return [
    {
      id: 'under-parameterised',
      title: 'Many copies of few orthogonal gradients',
      caption:
        'From d examples on there is no room for another orthogonal one. α stays at 1/d however many copies there are; m·α ' +
        'rises with them, since each example helps its own copies. With few parameters and many examples m·α is high for ' +
        'lack of room, which is not to say that something is shared by all.',
      rows: [[panel('α', {}), panel('m·α', { rules: [{ y: 1, label: 'orthogonal limit' }] })]],
    },
  ]
}
