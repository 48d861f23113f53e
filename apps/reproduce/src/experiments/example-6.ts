import type { Experiment } from '../experiment.ts'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { rowsOf } from './rows-of.ts'
import { drawSuppression, judgeSuppression, type Suppression } from './suppressed.ts'

const suppression: Suppression = {
  id: 'example-6',
  title: 'The median of three micro-batches closes the gap',
  caption:
    'Each step takes three of the four examples, drawn epoch by epoch. Left, A3: their mean gradient, which is SGD; right, ' +
    'M3: component by component the median of the three, each a micro-batch of one. Learning rate 0.1, from w = 0.',
  plain: 'A3',
  robust: 'M3',
}

/** M3 with micro-batches of one example on Example 1 (§7). */
export const example6: Experiment<DescentSpec> = {
  id: 'example-6',
  figure: 'Example 6',
  title: 'The median of three micro-batches (M3) on L and M',
  claim:
    'M3 with a micro-batch size of 1, so three examples a step, suppresses the weak gradient directions of Example 1 ' +
    'completely, and leaves no generalization gap on “real” or “random”.',
  paper: 'Example 1’s model and data, M3 with micro-batches of 1',
  more: 'the-idea.md',
  scales: atAnyScale('6 weights, 4 examples: as in the paper'),
  settings: {},
  plan: () => [
    {
      task: 'toy-descent',
      experiment: 'example-6',
      arm: 'descents',
      seed: 1,
      descents: (['L', 'M'] as const).flatMap((data) => [
        descentOf(data, suppression.plain, 'mean'),
        descentOf(data, suppression.robust, 'median'),
      ]),
    },
  ],
  draw(results) {
    const rows = rowsOf(results)
    return rows === undefined ? [] : [drawSuppression(rows, suppression)]
  },
  judge: (results) => judgeSuppression(rowsOf(results), suppression),
}

function descentOf(data: 'L' | 'M', name: string, rule: Descent['rule']): Descent {
  return {
    name: `${data}, ${name}`,
    data,
    model: 'linear',
    initial: 0,
    rule,
    batchSize: 3,
    learningRate: 0.1,
    steps: 300,
    every: 1,
    measure: ['weights'],
  }
}
