import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Experiment } from '../experiment.ts'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { judgeNumber } from '../verdict/judge-number.ts'
import { atAnyScale } from './at-any-scale.ts'
import { lastOf } from './quantities.ts'
import { rowsOf } from './rows-of.ts'
import { drawSuppression, judgeSuppression, type Suppression } from './suppressed.ts'

const suppression: Suppression = {
  id: 'example-5',
  title: 'Winsorized gradient descent closes the gap',
  caption:
    'Left, plain gradient descent; right, every component’s values over the four examples are clipped to their 50th ' +
    'percentile before they are averaged. What a single example wants is clipped away; what all want stays. Learning rate ' +
    '0.1, from w = 0; c = 50 by the nearest rank, as numpy.percentile has it.',
  plain: 'gradient descent',
  robust: 'WGD at c = 50',
}

/** Winsorized gradient descent at c = 50 on Example 1 (§7). */
export const example5: Experiment<DescentSpec> = {
  id: 'example-5',
  figure: 'Example 5',
  title: 'Winsorized gradient descent on L and M',
  claim:
    'Winsorized gradient descent at c = 50 is descent by the median gradient, and reduces the generalization gap of ' +
    'Example 1 to zero, for “real” and for “random”.',
  paper: 'Example 1’s model and data, winsorized gradient descent at c = 50',
  more: 'the-idea.md',
  scales: atAnyScale('6 weights, 4 examples: as in the paper'),
  settings: {},
  plan: () => [
    {
      task: 'toy-descent',
      experiment: 'example-5',
      arm: 'descents',
      seed: 1,
      descents: (['L', 'M'] as const).flatMap((data) => [
        descentOf(data, suppression.plain, 'mean'),
        descentOf(data, suppression.robust, { winsorized: 50 }),
        descentOf(data, 'median', 'median'),
      ]),
    },
  ],
  draw(results) {
    const rows = rowsOf(results)
    return rows === undefined ? [] : [drawSuppression(rows, suppression)]
  },
  judge(results) {
    const rows = rowsOf(results)
    return [
      ...judgeSuppression(rows, suppression),
      judgeNumber({
        claim: 'c = 50 corresponds to the median gradient',
        expected: 'largest difference of a final weight between the two, on L and M',
        condition: { is: 0, tolerance: 1e-12 },
        measured: rows && largestDifference(rows),
      }),
    ]
  },
}

function descentOf(data: 'L' | 'M', name: string, rule: Descent['rule']): Descent {
  return {
    name: `${data}, ${name}`,
    data,
    model: 'linear',
    initial: 0,
    rule,
    learningRate: 0.1,
    steps: 300,
    every: 1,
    measure: ['weights'],
  }
}

function largestDifference(rows: readonly QuantityRow[]): number {
  return Math.max(
    ...(['L', 'M'] as const).flatMap((set) =>
      ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'].map((w) =>
        Math.abs(
          lastOf(rows, `${set}, ${suppression.robust}`, 'weight', w) - lastOf(rows, `${set}, median`, 'weight', w),
        ),
      ),
    ),
  )
}
