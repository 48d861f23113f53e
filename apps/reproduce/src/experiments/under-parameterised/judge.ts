import type { RunResult } from '../../run-result.ts'
import type { RunSpec } from '../../run-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { COPIES, copiesName, DIMENSIONS } from './samples.ts'

/** What §4 says of the case d ≪ m. */
export function judgeCopies(results: readonly (RunResult<RunSpec> | undefined)[]): readonly Verdict[] {
  const rows = rowsOf(results)
  const cases = DIMENSIONS.flatMap((d) => COPIES.map((k) => ({ d, k, name: copiesName(d, k) })))
  const over = `over d of ${DIMENSIONS.join(', ')} and k of 1 to ${COPIES.at(-1)}, at the worst`
  return [
    judgeNumber({
      claim: 'k copies of d orthogonal gradients have α = 1/d, as the d have by themselves',
      expected: `α over 1/d and over that of one copy, ${over}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured:
        rows &&
        farthestFrom(
          1,
          cases.flatMap(({ d, name }) => [
            firstOf(rows, name, 'α') / firstOf(rows, copiesName(d, 1), 'α'),
            d * firstOf(rows, name, 'α'),
          ]),
        ),
      note: 'Whatever their norms: these differ.',
    }),
    judgeNumber({
      claim: 'So each example helps k: m·α = k',
      expected: `m·α over k, ${over}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured:
        rows &&
        farthestFrom(
          1,
          cases.map(({ k, name }) => firstOf(rows, name, 'm·α') / k),
        ),
    }),
  ]
}
