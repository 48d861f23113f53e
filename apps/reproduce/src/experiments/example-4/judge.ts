import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { firstOf, lastOf, pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { helpOf } from './help-of.ts'

type Rows = readonly QuantityRow[]
const examples = [1, 2, 3, 4]
const others = examples.flatMap((i) => examples.filter((j) => j !== i).map((j) => [i, j] as const))
const along = (rows: Rows, set: 'L' | 'M'): readonly number[] =>
  pointsOf(rows, set, 'm·α', 'all').map(([, value]) => value)

/**
 * What the text of Example 4 says, number by number, and equation (1) by a step.
 *
 * @param small the learning rate of the descents of one small step.
 */
export function judgeHelp(results: readonly (RunResult<DescentSpec> | undefined)[], small: number): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  return [
    judgeNumber({
      claim: 'α of the training sample of L is 5/8',
      expected: 'α at w = 0, 0.625',
      condition: { is: 5 / 8, tolerance: 1e-12 },
      measured: of((all) => firstOf(all, 'L', 'm·α', 'all') / 4),
    }),
    judgeNumber({
      claim: 'Each example of L helps 2.5',
      expected: 'm·α, all along the descent, where it is farthest off, 2.5',
      condition: { is: 2.5, tolerance: 1e-6 },
      measured: of((all) => farthestFrom(2.5, along(all, 'L'))),
    }),
    judgeNumber({
      claim: 'It helps itself by 100% and each of the three others by 50%',
      expected: 'gᵢ·gⱼ over gᵢ·gᵢ for i ≠ j, where it is farthest off, 0.5',
      condition: { is: 0.5, tolerance: 1e-12 },
      measured: of((all) =>
        farthestFrom(
          0.5,
          others.map(([i, j]) => helpOf(all, 'L', i, j)),
        ),
      ),
    }),
    judgeNumber({
      claim: 'M is pairwise orthogonal',
      expected: 'gᵢ·gⱼ over gᵢ·gᵢ for i ≠ j, where it is farthest off, 0',
      condition: { is: 0, tolerance: 0 },
      measured: of((all) =>
        farthestFrom(
          0,
          others.map(([i, j]) => helpOf(all, 'M', i, j)),
        ),
      ),
    }),
    judgeNumber({
      claim: 'Each example of M helps itself alone',
      expected: 'm·α, all along the descent, where it is farthest off, 1',
      condition: { is: 1, tolerance: 1e-6 },
      measured: of((all) => farthestFrom(1, along(all, 'M'))),
    }),
    judgeNumber({
      claim: 'The loss falls by E[g·g′] for each unit of learning rate, equation (1)',
      expected: `on L, fall of the loss in a step of learning rate ${small}, over it, over E[g·g′] = 1.25, 1`,
      condition: { is: 1, tolerance: 1e-5 },
      measured: of((all) => fall(all, 'L', small) / meanPair(all, 'L')),
      note:
        rows &&
        `On M ${(fall(rows, 'M', small) / meanPair(rows, 'M')).toFixed(6)}, with E[g·g′] = ${meanPair(rows, 'M')}.`,
    }),
  ]
}

function fall(rows: Rows, set: 'L' | 'M', small: number): number {
  const name = `${set}, one small step`
  return (firstOf(rows, name, 'loss', 'train') - lastOf(rows, name, 'loss', 'train')) / small
}

function meanPair(rows: Rows, set: 'L' | 'M'): number {
  const pairs = examples.flatMap((i) => examples.map((j) => firstOf(rows, set, 'g·g′', `${i},${j}`)))
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}
