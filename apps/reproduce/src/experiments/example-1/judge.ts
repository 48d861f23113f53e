import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { lastOf, pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { LEARNING_RATES, OURS, seriesName } from './series.ts'

type Rows = readonly QuantityRow[]
type Points = ReturnType<typeof pointsOf>

const sets = ['L', 'M'] as const
const idiosyncratic = ['w1', 'w2', 'w3', 'w4'] as const
/** A gradient below this is rounding: the example is fitted. */
const FITTED = 1e-9
const most = (values: readonly number[]): number => Math.max(...values)

/** What the text of Example 1 says, number by number. */
export function judgeRealAndRandom(results: readonly (RunResult<DescentSpec> | undefined)[]): readonly Verdict[] {
  const rows = rowsOf(results)
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const gap = (all: Rows, name: string): number =>
    lastOf(all, name, 'loss', 'test') - lastOf(all, name, 'loss', 'train')
  const [realMedian, randomMedian] = sets.map((set) => seriesName(set, 'median'))
  return [
    judgeNumber({
      claim: 'The model fits “random” as well as “real”',
      expected: 'training loss in the end below 10⁻⁶ on the worse of L and M',
      condition: { below: 1e-6 },
      measured: of((all) => most(sets.map((set) => lastOf(all, set, 'loss', 'train')))),
    }),
    judgeNumber({
      claim: 'Yet it generalises on L only',
      expected: 'generalization gap on L over that on M, below a tenth',
      condition: { below: 0.1 },
      measured: of((all) => gap(all, 'L') / gap(all, 'M')),
      note:
        rows && `Gap on L ${gap(rows, 'L').toFixed(4)}, on M ${gap(rows, 'M').toFixed(4)}; at w = 0 the loss is 0.5.`,
    }),
    judgeNumber({
      claim:
        'On L the average gradient is 4 times as strong in the common component as in one that a single example has',
      expected: 'the component of w6 over that of w1 at the step where it is farthest from 4',
      condition: { is: 4, tolerance: 1e-9 },
      measured: of((all) => farthestFrom(4, quotients(gradients(all, 'w6'), gradients(all, 'w1')))),
      note: 'Where a component is above 10⁻⁹: below it everything is fitted, and what is left is rounding.',
    }),
    judgeNumber({
      claim: 'So the common weight changes much more during training',
      expected: 'w6 over w1 in the end, above 2',
      condition: { above: 2 },
      measured: of((all) => lastOf(all, 'L', 'weight', 'w6') / lastOf(all, 'L', 'weight', 'w1')),
    }),
    judgeNumber({
      claim: 'On M only the weights of single examples’ features are used',
      expected: 'largest |w6| on M',
      condition: { is: 0, tolerance: 0 },
      measured: of((all) => most(pointsOf(all, 'M', 'weight', 'w6').map(([, value]) => Math.abs(value)))),
    }),
    judgeNumber({
      claim: 'What was found on M would fit L too; gradient descent found something else',
      expected: 'training loss on L of the weights that M ends in, below 10⁻⁶',
      condition: { below: 1e-6 },
      measured: of((all) =>
        most(idiosyncratic.map((w) => (1 - lastOf(all, 'M', 'weight', w) - lastOf(all, 'M', 'weight', 'w6')) ** 2 / 2)),
      ),
      note:
        rows &&
        `w1 is ${lastOf(rows, 'M', 'weight', 'w1').toFixed(3)} there, ${lastOf(rows, 'L', 'weight', 'w1').toFixed(3)} on L.`,
    }),
    judgeNumber({
      claim: 'By symmetry w2, w3 and w4 are the same as w1 (footnote 8)',
      expected: 'largest difference at any step, on L and M',
      condition: { is: 0, tolerance: 1e-12 },
      measured: of((all) =>
        most(
          sets.flatMap((set) => {
            const first = pointsOf(all, set, 'weight', 'w1')
            return idiosyncratic.flatMap((w) =>
              pointsOf(all, set, 'weight', w).map(([, value], at) => Math.abs(value - first[at]![1])),
            )
          }),
        ),
      ),
    }),
    judgeNumber({
      claim: 'The median gradient is zero but in the component that the examples of L share',
      expected: 'largest |component| of w1 … w5 on L, and of any on M',
      condition: { is: 0, tolerance: 0 },
      measured: of((all) =>
        most(
          [
            ...[...idiosyncratic, 'w5'].flatMap((w) => pointsOf(all, realMedian!, 'gradient', w)),
            ...[...idiosyncratic, 'w5', 'w6'].flatMap((w) => pointsOf(all, randomMedian!, 'gradient', w)),
          ].map(([, value]) => Math.abs(value)),
        ),
      ),
    }),
    ...sets.map((set) =>
      judgeNumber({
        claim: `With the median gradient the generalization gap on ${set} is zero`,
        expected: 'largest |test − training loss| at any step',
        condition: { is: 0, tolerance: 1e-12 },
        measured: of((all) => {
          const train = pointsOf(all, seriesName(set, 'median'), 'loss', 'train')
          const test = pointsOf(all, seriesName(set, 'median'), 'loss', 'test')
          return most(test.map(([, value], at) => Math.abs(value - train[at]![1])))
        }),
        note: rows && `In the end both are ${lastOf(rows, seriesName(set, 'median'), 'loss', 'test').toPrecision(2)}.`,
      }),
    ),
    judgeNumber({
      claim: 'On M the median does so by preventing that anything is memorised (footnote 9)',
      expected: 'training loss on M in the end, as at w = 0',
      condition: { is: 0.5, tolerance: 1e-12 },
      measured: of((all) => lastOf(all, randomMedian!, 'loss', 'train')),
    }),
    judgeNumber({
      claim: 'The learning rate, which the text doesn’t give, changes how long it takes and not where it leads',
      expected: `gap on L at the learning rate, of ${LEARNING_RATES.join(', ')}, where it is farthest from that at ${OURS}, over that one`,
      condition: { is: 1, tolerance: 1e-4 },
      measured: of((all) =>
        farthestFrom(
          1,
          LEARNING_RATES.map((rate) => gap(all, seriesName('L', 'mean', rate)) / gap(all, 'L')),
        ),
      ),
      note: 'Ours, not the paper’s: a check of our choice.',
    }),
  ]
}

const gradients = (rows: Rows, item: string): Points => pointsOf(rows, 'L', 'gradient', item)

function quotients(above: Points, below: Points): readonly number[] {
  return above.flatMap(([, value], at) => (Math.abs(below[at]![1]) > FITTED ? [value / below[at]![1]] : []))
}
