import type { Figure, Series } from '../figure/figure.ts'
import type { Bounded } from './bounded.ts'

/** The most dots of α that are drawn. */
const MOST_PROBES = 1000

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
  const every = Math.ceil(series.probes.length / MOST_PROBES)
  const measured: Series = {
    name: 'α, measured',
    role: 'neutral',
    mark: result.filled === 0 && T > 1 ? 'line' : 'dots',
    points: series.probes.filter((_, i) => i % every === 0).map(({ step }) => [step, result.steps[step - 1]!.alpha]),
  }
  const held: Series = {
    name: 'α, held until the next',
    mark: 'line',
    points: drawn.map((t) => [t, result.steps[t - 1]!.alpha]),
  }
  const alphas = found.between === 'hold' && result.filled > 0 ? [held, measured] : [measured]
  const labels = [...new Set(result.labels.map((label) => label.kind))]
  const x = { label: 'step' }
  return {
    id: 'bound',
    title: 'Theorem 1: a bound on the generalization gap',
    caption: [
      `L = ${constants.lipschitz.toPrecision(3)}, β = ${constants.smoothness.toPrecision(3)}, m = ${constants.examples}.`,
      labels.length === 0 ? 'A bound.' : `No bound but an ${labels.join(' and ')}.`,
      ...(result.filled === 0
        ? []
        : [
            `α was measured before ${series.probes.length} of ${T} steps; the others take ${found.between === 'hold' ? 'the last that was' : 'α = 0'}.`,
          ]),
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
        {
          title: 'what each step gives to the last value',
          x,
          y: { label: 'log₁₀ of its part' },
          series: [curve('Theorem 1', (t) => logScale + logTerms[t - 1]!)],
        },
        {
          title: 'α before a step, where measured',
          x,
          y: { label: 'α' },
          series: alphas,
        },
      ],
    ],
  }
}
