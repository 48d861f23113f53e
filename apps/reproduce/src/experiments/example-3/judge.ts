import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { draws, drawName, SIZES } from './samples.ts'

type Rows = readonly QuantityRow[]
const alphaOf = (rows: Rows, name: string): number => firstOf(rows, name, 'α')

/** What §4 says of α at the ends of its scale. */
export function judgeYardsticks(results: readonly (RunResult<GradientSampleSpec> | undefined)[]): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const overSizes = `over ${SIZES.length} samples of up to ${SIZES.at(-1)}, at the worst`
  const meanOfDraws = (all: Rows): number =>
    draws.reduce((sum, draw) => sum + alphaOf(all, drawName(draw)), 0) / draws.length
  return [
    judgeNumber({
      claim: 'α of an orthogonal sample is 1/m',
      expected: `α over 1/m, ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => m * alphaOf(all, `orthogonal, m = ${m}`)),
        ),
      ),
    }),
    judgeNumber({
      claim: 'It doesn’t depend on the gradients themselves',
      expected: `the same with norms that differ by factors of up to 100, ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => m * alphaOf(all, `orthogonal, unequal, m = ${m}`)),
        ),
      ),
    }),
    judgeNumber({
      claim: 'Where all gradients are equal, α is 1 and m·α is m: each example helps all',
      expected: `m·α over m, ${overSizes}, 1`,
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          1,
          SIZES.map((m) => firstOf(all, `equal, m = ${m}`, 'm·α') / m),
        ),
      ),
    }),
    judgeNumber({
      claim: 'Where the mean gradient is zero, no example helps any, itself included',
      expected: 'm·α of three gradients that cancel, 0',
      condition: { is: 0, tolerance: 1e-12 },
      measured: of((all) => firstOf(all, 'cancelling', 'm·α')),
    }),
    judgeNumber({
      claim: 'Where every example is fitted, α is 0 by definition (footnote 11)',
      expected: 'α of gradients that are all zero, 0',
      condition: { is: 0, tolerance: 0 },
      measured: of((all) => alphaOf(all, 'all zero')),
    }),
    judgeNumber({
      claim: '0 ≤ α ≤ 1',
      expected: 'by how much any sample here lies outside, 0',
      condition: { is: 0, tolerance: 1e-12 },
      measured: of((all) =>
        Math.max(...all.filter(({ quantity }) => quantity === 'α').map(({ value }) => Math.max(-value, value - 1, 0))),
      ),
    }),
    judgeNumber({
      claim: 'A sample of one has α = 1, whatever α is (footnote 12)',
      expected: 'α of a single gradient, 1',
      condition: { is: 1, tolerance: 1e-12 },
      measured: of((all) => alphaOf(all, 'orthogonal, m = 1')),
    }),
    judgeNumber({
      claim: 'A sample overestimates α where all gradients have one norm (footnote 12)',
      expected: 'mean α over all samples of two from three gradients of norm 5, less α of the three, above 0',
      condition: { above: 0 },
      measured: of((all) => meanOfDraws(all) - alphaOf(all, 'population')),
      note:
        rows &&
        `${meanOfDraws(rows).toFixed(4)} over samples drawn with replacement, ${alphaOf(rows, 'population').toFixed(4)} in truth.`,
    }),
  ]
}
