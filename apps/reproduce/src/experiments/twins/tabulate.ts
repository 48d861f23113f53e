import type { ResultTable } from '../../experiment.ts'
import type { RunResult } from '../../run-result.ts'
import type { TwinsSpec } from '../../specs/twins-spec.ts'
import { byNoise, outcomeOf, rungs, type TwinsOutcome } from './outcomes.ts'
import { mean } from '../../statistics/mean.ts'
import { withMinus } from '../../text/with-minus.ts'

/** The ladder in numbers: a row for each rung, a column for each level of noise. */
export function tabulateTwins(results: readonly RunResult<TwinsSpec>[]): readonly ResultTable[] {
  if (results.length === 0) return []
  const levels = byNoise(results.map(outcomeOf))
  const row = (name: string, of: (outcome: TwinsOutcome) => number, text = threeDigits): readonly string[] => [
    name,
    ...levels.map(([, level]) => text(mean(level.map(of)))),
  ]
  return [
    {
      title: 'What each step of the proof gives away: means over seeds, bounds as powers of ten',
      header: ['', ...levels.map(([noise]) => `${100 * noise}% noise`)],
      rows: [
        row('gap, measured', ({ gap }) => gap),
        row('stability, measured', ({ stability }) => stability),
        ...rungs.map(([rung, name]) =>
          row(
            name,
            ({ logs }) => logs[rung] / Math.LN10,
            (log) => `10^${log.toFixed(1)}`,
          ),
        ),
        row('change of the loss on fresh examples', ({ freshChange }) => freshChange),
        row('L, the longest gradient seen', ({ lipschitz }) => lipschitz),
        row('β, the largest curvature seen', ({ smoothness }) => smoothness),
        row('α, debiased, mean over the run', ({ alpha }) => alpha),
        row('distance of the weights', ({ distance }) => distance),
      ],
    },
  ]
}

function threeDigits(value: number): string {
  return Number.isNaN(value) ? '–' : withMinus(String(Number(value.toPrecision(3))))
}
