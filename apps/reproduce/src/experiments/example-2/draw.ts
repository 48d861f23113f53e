import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { SIZES, SQUARED_NORM } from './samples.ts'

/** E[g·g′] and m·α of equal and of orthogonal gradients by their number. */
export function drawPairwiseDots(results: readonly (RunResult<GradientSampleSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const panel = (title: string, quantity: string, rest: Pick<Panel, 'rules'>): Panel => ({
    title,
    x: { label: 'gradients m', scale: 'log' },
    y: { label: quantity, scale: 'log' },
    series: (['equal', 'orthogonal'] as const).map((name): Series => ({
      name,
      role: name === 'equal' ? 'real' : 'random',
      mark: 'line-and-dots',
      points: SIZES.map((m) => [m, firstOf(rows, `${name}, m = ${m}`, quantity)] as const),
    })),
    ...rest,
  })
  return [
    {
      id: 'example-2',
      title: 'Equal gradients and orthogonal ones, by their number m',
      caption:
        `Gradients of ‖u‖² = ${SQUARED_NORM}. The mean dot product of two of them, an example with itself included, is also ` +
        'how fast the mean loss falls. On its own it says little: rescale the loss and it changes. Over the mean squared ' +
        'norm it is α, and m·α says how many of the m examples an example helps.',
      rows: [
        [
          panel('Mean dot product', 'E[g·g′]', { rules: [{ y: SQUARED_NORM, label: '‖u‖²' }] }),
          panel('Coherence', 'm·α', { rules: [{ y: 1, label: 'orthogonal limit' }] }),
        ],
      ],
    },
  ]
}
