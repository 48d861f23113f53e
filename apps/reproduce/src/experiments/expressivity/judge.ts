import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { ExpressivitySpec } from '../../specs/expressivity-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'

/** Whether the networks fit every point, and with how many weights. */
export function judgeExpressivity(
  results: readonly (RunResult<ExpressivitySpec> | undefined)[],
  { sizes, inputs, labellings }: ExpressivitySpec,
): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (value: (n: number, quantity: string) => number) => number): number | undefined =>
    rows && measure((n, quantity) => firstOf(rows as readonly QuantityRow[], `n = ${n}`, quantity))
  const tried = `n of ${sizes.join(', ')}, ${labellings} random labellings each`
  return [
    judgeNumber({
      claim: 'A two-layer ReLU network gives any labels to any points',
      expected: `share of points fitted, computed in whole numbers without rounding, at the worst ${tried}, 1`,
      condition: { is: 1, tolerance: 0 },
      measured: of((value) =>
        farthestFrom(
          1,
          sizes.map((n) => value(n, 'points fitted exactly') / (n * labellings)),
        ),
      ),
    }),
    judgeNumber({
      claim: 'It has 2n + d weights',
      expected: `weights less 2n + d, for points of d = ${inputs} numbers, 0`,
      condition: { is: 0, tolerance: 0 },
      measured: of((value) =>
        farthestFrom(
          0,
          sizes.map((n) => value(n, 'weights') - 2 * n - inputs),
        ),
      ),
    }),
    judgeNumber({
      claim: 'In floating point it does so too',
      expected: 'largest error of an output in float64, below 0.5, so that it rounds to its label (0 to 9)',
      condition: { below: 0.5 },
      measured: of((value) => Math.max(...sizes.map((n) => value(n, 'largest error in float64')))),
      note: 'Ours: the theorem is about real numbers.',
    }),
  ]
}
