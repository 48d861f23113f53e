import type { Experiment } from '../experiment.ts'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawRealAndRandom } from './example-1/draw.ts'
import { judgeRealAndRandom } from './example-1/judge.ts'
import { LEARNING_RATES, OURS, seriesName } from './example-1/series.ts'

/** The thought experiment of §3: a linear model on four examples that share a feature, and on four that don't. */
export const example1: Experiment<DescentSpec> = {
  id: 'example-1',
  figure: 'Example 1',
  title: 'Four examples that share a feature, and four that don’t',
  claim:
    'A linear model fits “random” data (M) as well as “real” data (L), but only on L does it get the fifth example right: ' +
    'there the gradients of the examples add up in the feature that they share. With the median gradient, which keeps ' +
    'only what is shared, the generalization gap is zero on both.',
  paper: 'y = w·x with 6 weights from 0, 4 training examples and a fifth to test on; no learning rate is given',
  more: 'the-idea.md',
  scales: atAnyScale('6 weights, 4 examples: as in the paper'),
  settings: {},
  plan: () => [
    {
      task: 'toy-descent',
      experiment: 'example-1',
      arm: 'descents',
      seed: 1,
      descents: (['L', 'M'] as const).flatMap((data) => [
        ...LEARNING_RATES.map((learningRate) => descentOf(data, 'mean', learningRate)),
        descentOf(data, 'median', OURS),
      ]),
    },
  ],
  draw: drawRealAndRandom,
  judge: judgeRealAndRandom,
}

function descentOf(data: 'L' | 'M', rule: 'mean' | 'median', learningRate: number): Descent {
  const main = learningRate === OURS
  // At least as many units of step × learning rate for all, so that all come to their end.
  const steps = Math.max(300, Math.round(60 / learningRate))
  return {
    name: seriesName(data, rule, learningRate),
    data,
    model: 'linear',
    initial: 0,
    rule,
    learningRate,
    steps,
    every: Math.max(1, Math.round(steps / 600)),
    measure: main ? ['weights', 'gradients'] : [],
  }
}
