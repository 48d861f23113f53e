import type { Figure, Series } from '../figure/figure.ts'
import type { Bounded } from './bounded.ts'

/** The bound after each step beside the earlier ones, what each step has given to the last, and α. */
export function drawBounded(found: Bounded): Figure {
  const { series, constants, result, logSums, logTerms, logScale, drawn, earlier } = found
  const T = series.learningRates.length
  const log10 = (log: number): number => (log === -Infinity ? Number.NaN : log / Math.LN10)
  const curve = (name: string, logs: (t: number, i: number) => number, dash = false): Series => ({
    name,
    mark: T === 1 ? 'dots' : 'line',
    ...(dash ? { dash } : {}),
    points: drawn.map((t, i) => [t, log10(logs(t, i))]),
  })
  const bounds = [
    curve('Theorem 1', (t) => logScale + logSums[t - 1]!),
    ...earlier.map(({ name, logs, unmet }) =>
      curve(unmet.length === 0 ? name : `${name} (conditions not met)`, (_, i) => logs[i]!, unmet.length > 0),
    ),
  ]
  const labels = [...new Set(result.labels.map((label) => label.kind))]
  const x = { label: 'step' }
  return {
    id: 'bound',
    title: 'Theorem 1: a bound on the generalization gap',
    caption: [
      `L = ${constants.lipschitz.toPrecision(3)}, β = ${constants.smoothness.toPrecision(3)}, m = ${constants.examples}.`,
      labels.length === 0 ? 'A bound.' : `No bound but an ${labels.join(' and ')}.`,
      'Qualitative only: compare shapes over time.',
    ].join(' '),
    rows: [
      [
        {
          title: `after each step${labels.length === 0 ? '' : ` (${labels.join(', ')})`}`,
          x,
          y: { label: 'log₁₀ of the bound' },
          series: bounds,
          rules: [{ y: 0, label: 'a loss in [0, 1] says as much' }],
        },
      ],
      [
        {
          title: 'what each step gives to the last value',
          x,
          y: { label: 'log₁₀ of its part' },
          series: [curve('Theorem 1', (t) => logScale + logTerms[t - 1]!)],
        },
      ],
      [
        {
          title: `α before each step, ${found.between === 'hold' ? 'held between probes' : '0 where not measured'}`,
          x,
          y: { label: 'α', domain: [0, 1] },
          series: [
            {
              name: 'α',
              role: 'neutral',
              mark: T === 1 ? 'dots' : 'line',
              points: drawn.map((t) => [t, result.steps[t - 1]!.alpha]),
            },
          ],
        },
      ],
    ],
  }
}
