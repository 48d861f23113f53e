import type { Experiment } from '../experiment.ts'
import type { MinimumNormSpec } from '../specs/minimum-norm-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawMinimumNorm } from './minimum-norm/draw.ts'
import { judgeMinimumNorm } from './minimum-norm/judge.ts'

const spec: MinimumNormSpec = {
  task: 'minimum-norm',
  experiment: 'minimum-norm',
  arm: 'fits',
  seed: 1,
  dataset: 'mnist',
  sizes: [25, 50, 100, 200, 400, 800],
  test: 1000,
  width: 5,
  linearUpTo: 400,
}

/** Linear models and the solution of least norm, after §3 and Zhang et al. (2017). */
export const minimumNorm: Experiment<MinimumNormSpec> = {
  id: 'minimum-norm',
  figure: '§3, and Zhang et al. (2017)',
  title: 'The solution of least norm',
  claim:
    'Of all weights that fit, gradient descent from 0 finds those of least norm in a linear model, and they can generalise ' +
    'well. But deep networks don’t always go there, and a smaller norm doesn’t mean a smaller test error.',
  paper: 'none: an argument about linear models',
  scales: atAnyScale(
    'the toy data; up to 800 images of MNIST, 1,000 to test, solved and not trained',
    'about 5 seconds',
  ),
  settings: {},
  plan: () => [spec],
  draw: (results) => drawMinimumNorm(results, spec),
  judge: (results) => judgeMinimumNorm(results, spec),
}
