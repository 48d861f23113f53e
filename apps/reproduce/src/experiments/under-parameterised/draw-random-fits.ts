import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { RunSpec } from '../../run-spec.ts'
import type { RandomFitsSpec } from '../../specs/random-fits-spec.ts'
import { rowsOf } from '../rows-of.ts'
import { fitsOf } from './fits-of.ts'

/** Losses and m·α of fits to random labels by the number of examples. */
export function drawRandomFits(
  results: readonly (RunResult<RunSpec> | undefined)[],
  { sizes, draws, learningRate, steps }: RandomFitsSpec,
): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const seriesOf = (quantity: string, rest: Pick<Series, 'name' | 'role'>): Series => ({
    ...rest,
    mark: 'line-and-dots',
    points: sizes.map((m) => [m, fitsOf(rows, m, quantity).mean] as const),
    band: sizes.map((m) => {
      const { values } = fitsOf(rows, m, quantity)
      return [m, Math.min(...values), Math.max(...values)] as const
    }),
  })
  const x = { label: 'examples m', scale: 'log' } as const
  return [
    {
      id: 'under-parameterised-random-labels',
      title: 'Six weights and more and more examples with random labels',
      caption:
        `A linear model of six weights on random inputs with labels of ±1 drawn at random, ${steps} steps of gradient descent from 0 ` +
        `at learning rate ${learningRate}. Means of ${draws} training sets, and the range they lie in. Few examples are fitted, and nothing ` +
        'is learned for fresh ones; many can’t be fitted, and what is left is hardly any gap. m·α is near 1 at first whatever m is, ' +
        'since the labels are independent, and 0 in the end where not all can be fitted, since the mean gradient is.',
      rows: [
        [
          {
            title: 'Loss in the end',
            x,
            y: { label: 'loss', domain: [0, 4] },
            series: [
              seriesOf('training loss', { name: 'training loss', role: 'train' }),
              seriesOf('test loss', { name: 'loss on fresh examples', role: 'test' }),
            ],
            rules: [{ y: 0.5, label: 'at w = 0' }],
          },
          {
            title: 'Coherence',
            x,
            y: { label: 'm·α', domain: [0, 4] },
            series: [
              seriesOf('m·α at first', { name: 'm·α at first' }),
              seriesOf('m·α in the end', { name: 'm·α in the end' }),
            ],
            rules: [{ y: 1, label: 'orthogonal limit' }],
          },
        ],
      ],
    },
  ]
}
