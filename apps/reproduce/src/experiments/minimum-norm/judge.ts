import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { MinimumNormSpec } from '../../specs/minimum-norm-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { percent } from '../words.ts'

type Rows = readonly QuantityRow[]

const features = [1, 2, 3, 4, 5, 6]
const byDescent = 'weight by gradient descent'
const byDeepDescent = 'weight by descent of the deep model'
const least = 'minimum-norm weight'
/** Of ten digits. */
const GUESSING = 0.9

/** What §3 says of minimum-norm solutions, and Zhang et al. of their test error. */
export function judgeMinimumNorm(
  results: readonly (RunResult<MinimumNormSpec> | undefined)[],
  { sizes }: MinimumNormSpec,
): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const [fewest, most] = [sizes[0]!, sizes.at(-1)!]
  const at = (all: Rows, labels: 'true' | 'random', quantity: string, n: number): number =>
    firstOf(all, `Gaussian, ${labels} labels`, quantity, `${n}`)
  return [
    judgeNumber({
      claim: 'Gradient descent of a linear model from 0 finds the solution of least ℓ² norm',
      expected: 'largest difference of a weight between the two, on L and M',
      condition: { is: 0, tolerance: 1e-6 },
      measured: of((all) =>
        farthestFrom(
          0,
          ['L', 'M'].flatMap((set) =>
            features.map((j) => firstOf(all, set, byDescent, `w${j}`) - firstOf(all, set, least, `w${j}`)),
          ),
        ),
      ),
    }),
    judgeNumber({
      claim: 'Descent of a deep network doesn’t always find it',
      expected: 'squared norm of what the deep model of Example 7 ends in on L, over the least, above 1.1',
      condition: { above: 1.1 },
      measured: of((all) => squaredNorm(all, byDeepDescent) / squaredNorm(all, least)),
      note:
        rows &&
        `There its loss on the fifth example is ${fifthLoss(rows, byDeepDescent).toFixed(7)}, that of the least norm ` +
          `${fifthLoss(rows, least).toFixed(2)}.`,
    }),
    judgeNumber({
      claim: 'The solution of least norm fits any labels, true or random',
      expected: 'largest residual of a training example over all fits, below 10⁻⁶',
      condition: { below: 1e-6 },
      measured: of((all) =>
        farthestFrom(
          0,
          all.filter(({ quantity }) => quantity === 'largest residual').map(({ value }) => value),
        ),
      ),
    }),
    judgeNumber({
      claim: 'With true labels it generalises, though nothing keeps it from fitting noise',
      expected: `test error of the Gaussian kernel at n = ${most}, below half of what guessing gives (${percent(GUESSING)})`,
      condition: { below: GUESSING / 2 },
      measured: of((all) => at(all, 'true', 'test error', most)),
      words: percent,
      proxy: true,
    }),
    judgeNumber({
      claim: 'With random labels it doesn’t',
      expected: `test error of the same with random labels, within 3 points of ${percent(GUESSING)}`,
      condition: { within: [GUESSING - 0.03, GUESSING + 0.03] },
      measured: of((all) => at(all, 'random', 'test error', most)),
      words: percent,
      proxy: true,
    }),
    judgeNumber({
      claim: 'A smaller norm doesn’t mean a smaller test error',
      expected: `norm at n = ${most} over that at n = ${fewest}, true labels, where the test error falls: above 1`,
      condition: { above: 1 },
      measured: of((all) =>
        at(all, 'true', 'test error', most) < at(all, 'true', 'test error', fewest)
          ? at(all, 'true', 'norm', most) / at(all, 'true', 'norm', fewest)
          : Number.NaN,
      ),
      note:
        rows &&
        `Test error ${percent(at(rows, 'true', 'test error', fewest))} and ${percent(at(rows, 'true', 'test error', most))}, norm ` +
          `${at(rows, 'true', 'norm', fewest).toFixed(1)} and ${at(rows, 'true', 'norm', most).toFixed(1)}.`,
      proxy: true,
    }),
  ]
}

function squaredNorm(rows: Rows, quantity: string): number {
  return features.reduce((sum, j) => sum + firstOf(rows, 'L', quantity, `w${j}`) ** 2, 0)
}

/** The fifth example of L has −1 as its own feature, as the common one and as its target. */
function fifthLoss(rows: Rows, quantity: string): number {
  return (1 - firstOf(rows, 'L', quantity, 'w5') - firstOf(rows, 'L', quantity, 'w6')) ** 2 / 2
}
