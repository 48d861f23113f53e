import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf, lastOf, pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'

type Rows = readonly QuantityRow[]

const features = [1, 2, 3, 4, 5, 6]
/** "Near" the maximum of 4: as far up from 2.5 as this. */
const NEAR = 3.9
/** "Negligible in comparison": below this share. */
const NEGLIGIBLE = 0.01
/** Steps of which the residual is as good as 1, and over which the growth is compared. */
const GROWTH = [0, 10, 20, 30] as const

/** What the text of Example 7 says, number by number. */
export function judgeDepth(results: readonly (RunResult<DescentSpec> | undefined)[]): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const gap = (all: Rows, model: string): number =>
    lastOf(all, model, 'loss', 'test') - lastOf(all, model, 'loss', 'train')
  const apart = (all: Rows, model: string): number =>
    lastOf(all, model, 'weight', 'w6') / lastOf(all, model, 'weight', 'w1')
  return [
    judgeNumber({
      claim: 'm·α of the deep model starts at 2.5, as in linear regression',
      expected: 'm·α at the first weights, 2.5',
      condition: { is: 2.5, tolerance: 1e-12 },
      measured: of((all) => firstOf(all, 'deep', 'm·α', 'all')),
    }),
    judgeNumber({
      claim: 'It rises to near the maximum of 4',
      expected: `highest m·α, from ${NEAR} to 4`,
      condition: { within: [NEAR, 4] },
      measured: of((all) => Math.max(...pointsOf(all, 'deep', 'm·α', 'all').map(([, value]) => value))),
    }),
    judgeNumber({
      claim: 'In linear regression it stays constant',
      expected: 'm·α of the linear model where it is farthest off, 2.5',
      condition: { is: 2.5, tolerance: 1e-6 },
      measured: of((all) =>
        farthestFrom(
          2.5,
          pointsOf(all, 'linear', 'm·α', 'all').map(([, value]) => value),
        ),
      ),
    }),
    judgeNumber({
      claim: 'The weights of common and own features differ far more in the deep model',
      expected: 'w6/w1 in the end, deep over linear, above 2',
      condition: { above: 2 },
      measured: of((all) => apart(all, 'deep') / apart(all, 'linear')),
      note:
        rows &&
        `w6/w1 is ${apart(rows, 'deep').toFixed(1)} and ${apart(rows, 'linear').toFixed(1)}; in the output it is w² that ` +
          `counts in the deep model, ${Math.round(apart(rows, 'deep') ** 2)}.`,
    }),
    judgeNumber({
      claim: 'Next to linear regression the generalization gap is negligible',
      expected: `gap in the end, deep over linear, below ${NEGLIGIBLE}`,
      condition: { below: NEGLIGIBLE },
      measured: of((all) => gap(all, 'deep') / gap(all, 'linear')),
      note: rows && `${gap(rows, 'deep').toFixed(7)} against ${gap(rows, 'linear').toFixed(4)}.`,
    }),
    judgeNumber({
      claim: 'By symmetry u and w are the same at every step (footnote 34)',
      expected: 'largest |u − w|, 0',
      condition: { is: 0, tolerance: 1e-12 },
      measured: of((all) =>
        Math.max(
          ...features.flatMap((j) => {
            const w = pointsOf(all, 'deep', 'weight', `w${j}`)
            return pointsOf(all, 'deep', 'weight', `u${j}`).map(([, value], at) => Math.abs(value - w[at]![1]))
          }),
        ),
      ),
    }),
    judgeNumber({
      claim: 'The relative difference of the gradient’s components grows exponentially',
      expected: `factor by which it grows in each 10 steps up to step ${GROWTH.at(-1)}, least over largest, above 0.95; in the linear model it stays 4`,
      condition: { above: 0.95 },
      measured: of((all) => {
        const factors = growth(all)
        return Math.min(...factors) > 1.5 ? Math.min(...factors) / Math.max(...factors) : Number.NaN
      }),
      note:
        rows &&
        `From ${ratioAt(rows, 'deep', 0).toFixed(1)} at the start by factors of ${growth(rows)
          .map((x) => x.toFixed(2))
          .join(', ')}; ` +
          `until the loss is gone, ${ratioAt(rows, 'deep', 60).toFixed(0)}. Linear: ${ratioAt(rows, 'linear', 60).toFixed(1)}.`,
    }),
    judgeNumber({
      claim: 'The components of the common feature have perfect coherence, and more than the rest (footnote 37)',
      expected: 'component-wise α of u6 and w6 at the first weights, 1',
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) => Math.min(firstOf(all, 'deep', 'α', 'u6'), firstOf(all, 'deep', 'α', 'w6'))),
      note: rows && `Those of u1 and w1 have ${firstOf(rows, 'deep', 'α', 'u1')}, which is 1/m.`,
    }),
  ]
}

function ratioAt(rows: Rows, model: string, at: number): number {
  const value = (item: string): number =>
    pointsOf(rows, model, 'gradient', item).find(([step]) => step === at)?.[1] ?? NaN
  return value('w6') / value('w1')
}

function growth(rows: Rows): readonly number[] {
  return GROWTH.slice(1).map((step, i) => ratioAt(rows, 'deep', step) / ratioAt(rows, 'deep', GROWTH[i]!))
}
