import type { Experiment } from '../experiment.ts'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawDepth } from './example-7/draw.ts'
import { judgeDepth } from './example-7/judge.ts'

/** Depth amplifies what is shared: y = (w ⊙ u)·x against y = w·x on L (§10). */
export const example7: Experiment<DescentSpec> = {
  id: 'example-7',
  figure: 'Example 7',
  title: 'Depth amplifies what the examples share',
  claim:
    'In the deep model y = (w ⊙ u)·x the weights of the common feature and those of single examples’ features grow apart ' +
    'exponentially, by feedback between the layers. m·α rises from 2.5 to nearly 4, its maximum, where in the linear model ' +
    'it stays at 2.5, and next to the linear model’s the generalization gap is negligible.',
  paper: 'y = (w ⊙ u)·x with 12 weights from 0.01, learning rate 0.1, Example 1’s data L',
  more: 'the-idea.md',
  scales: atAnyScale('12 weights and 6, 4 examples: as in the paper'),
  settings: {},
  plan: () => [
    {
      task: 'toy-descent',
      experiment: 'example-7',
      arm: 'descents',
      seed: 1,
      descents: [
        { ...common, name: 'deep', model: 'deep-linear', initial: 0.01 },
        { ...common, name: 'linear', model: 'linear', initial: 0 },
      ],
    },
  ],
  draw: drawDepth,
  judge: judgeDepth,
}

const common: Omit<Descent, 'name' | 'model' | 'initial'> = {
  data: 'L',
  rule: 'mean',
  learningRate: 0.1,
  steps: 150,
  every: 1,
  measure: ['weights', 'gradients', 'components'],
}
