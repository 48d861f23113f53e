import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { MinimumNormSpec } from '../../specs/minimum-norm-spec.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'

/** Test error and norm of the fits by the number of examples. */
export function drawMinimumNorm(
  results: readonly (RunResult<MinimumNormSpec> | undefined)[],
  { sizes, test, width, linearUpTo }: MinimumNormSpec,
): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const panel = (title: string, quantity: string, y: Panel['y'], rules: Panel['rules'] = []): Panel => ({
    title,
    x: { label: 'training images n', scale: 'log', domain: [25, 800] },
    y,
    series: (['linear', 'Gaussian'] as const).flatMap((kernel) =>
      (['true', 'random'] as const).map((labels) => ({
        name: `${kernel === 'linear' ? 'linear model' : 'Gaussian kernel'}, ${labels} labels`,
        mark: 'line-and-dots' as const,
        dash: labels === 'random',
        points: sizes
          .filter((n) => kernel === 'Gaussian' || n <= linearUpTo)
          .map((n) => [n, firstOf(rows, `${kernel}, ${labels} labels`, quantity, `${n}`)] as const),
      })),
    ),
    rules,
  })
  return [
    {
      id: 'minimum-norm',
      title: 'Fits of least norm: all of them fit every training label',
      caption:
        `Images of MNIST as they are, ${test.toLocaleString('en')} to test. The linear model has 784 weights for each digit, the kernel is ` +
        `exp(−‖x − x′‖²/2σ²) with σ = ${width}. Each fit is solved for, with 1 for an image’s digit and 0 for the others. Random ` +
        'labels are the true ones, shuffled. The linear model’s error rises again as n comes near to the number of pixels that ' +
        'are ever used.',
      rows: [
        [
          panel('Test error', 'test error', { label: 'share of test images', domain: [0, 1] }, [
            { y: 0.9, label: 'guessing' },
          ]),
          panel('Norm of the weights', 'norm', { label: 'norm', scale: 'log' }),
        ],
      ],
    },
  ]
}
