import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { bySampleSize, type Measured } from './by-sample-size.ts'

/** α against m, a row for each arm and a column for each moment of training. */
export function drawBySampleSize(results: readonly RunResult[], caption: string): Figure {
  const all = bySampleSize(results)
  const steps = [...new Set(all.map(({ step }) => step))]
  const arms = (['real', 'random'] as const).filter((arm) => all.some((each) => each.arm === arm))
  return {
    id: 'fig-11',
    title: 'α by the size of the sample',
    caption,
    rowLabels: arms,
    rows: arms.map((arm) => steps.map((step) => panelOf(all.filter((each) => each.arm === arm && each.step === step)))),
  }
}

function panelOf(measured: readonly Measured[]): Panel {
  const sizes = measured.flatMap(({ samples }) => samples.map(({ m }) => m))
  const limit: Series = {
    name: 'orthogonal limit 1/m',
    role: 'neutral',
    mark: 'line',
    dash: true,
    points: [...new Set(sizes)].toSorted((a, b) => a - b).map((m) => [m, 1 / m]),
  }
  return {
    title: `Step ${measured[0]?.step ?? 0}`,
    x: { label: 'm', scale: 'log' },
    y: { label: 'α', scale: 'log', domain: [1e-4, 1] },
    series: [
      limit,
      ...measured.map(({ samples }): Series => ({
        name: 'corrected for the bias',
        role: 'random',
        mark: 'line',
        // A logarithmic axis has no place for what comes out at 0 or below.
        points: samples.map(({ m, corrected }) => [m, corrected > 0 ? corrected : Number.NaN]),
      })),
      ...measured.map(({ samples }): Series => ({
        name: 'α of the sample',
        role: 'real',
        mark: 'line-and-dots',
        points: samples.map(({ m, alpha }) => [m, alpha]),
      })),
    ],
  }
}
