import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { RESCALED, SIZES, SQUARED_NORM, UNCLEAR, UNCLEAR_SIZE } from './samples.ts'

/** What the text of Example 2 says, number by number. */
export function judgePairwiseDots(results: readonly (RunResult<GradientSampleSpec> | undefined)[]): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: readonly QuantityRow[]) => number): number | undefined =>
    rows === undefined ? undefined : measure(rows)
  const dot = (all: readonly QuantityRow[], name: string): number => firstOf(all, name, 'E[g·g′]')
  const overSizes = `over ${SIZES.length} samples of up to ${SIZES.at(-1)} gradients, at the worst`
  return [
    judgeNumber({
      claim: 'Where all gradients are equal, E[g·g′] = ‖u‖²',
      expected: `E[g·g′] over ‖u‖², ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => dot(all, `equal, m = ${m}`) / SQUARED_NORM),
        ),
      ),
    }),
    judgeNumber({
      claim: 'Where they are pairwise orthogonal, E[g·g′] = ‖u‖²/m',
      expected: `E[g·g′] over ‖u‖²/m, ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => (m * dot(all, `orthogonal, m = ${m}`)) / SQUARED_NORM),
        ),
      ),
    }),
    judgeNumber({
      claim: 'So the loss falls m times as fast where they are equal',
      expected: `E[g·g′] of equal over that of orthogonal gradients, over m, ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => dot(all, `equal, m = ${m}`) / dot(all, `orthogonal, m = ${m}`) / m),
        ),
      ),
    }),
    judgeNumber({
      claim: 'It has no natural scale: rescaling the loss changes it',
      expected: `E[g·g′] of a loss ${RESCALED} times as large over that before, ${RESCALED ** 2}`,
      condition: { is: RESCALED ** 2, tolerance: 1e-9 },
      measured: of((all) => dot(all, 'rescaled') / dot(all, 'equal, m = 8')),
      note:
        rows &&
        `m·α stays: ${firstOf(rows, 'equal, m = 8', 'm·α').toFixed(4)} and ${firstOf(rows, 'rescaled', 'm·α').toFixed(4)}.`,
    }),
    judgeNumber({
      claim: `A value of ${UNCLEAR} alone says neither good nor bad coherence`,
      expected: `of two samples of ${UNCLEAR_SIZE} that both have it, m·α of the one over that of the other, above 5`,
      condition: { above: 5 },
      measured: of((all) =>
        bothUnclear(all)
          ? firstOf(all, 'unclear, equal', 'm·α') / firstOf(all, 'unclear, orthogonal', 'm·α')
          : Number.NaN,
      ),
      note:
        rows &&
        `E[g·g′] is ${dot(rows, 'unclear, equal').toFixed(4)} and ${dot(rows, 'unclear, orthogonal').toFixed(4)}.`,
    }),
  ]
}

function bothUnclear(rows: readonly QuantityRow[]): boolean {
  return ['unclear, equal', 'unclear, orthogonal'].every(
    (name) => Math.abs(firstOf(rows, name, 'E[g·g′]') - UNCLEAR) < 1e-9,
  )
}
