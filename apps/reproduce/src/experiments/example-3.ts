import type { Experiment } from '../experiment.ts'
import type { GradientSampleSpec } from '../specs/gradient-sample-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawYardsticks } from './example-3/draw.ts'
import { judgeYardsticks } from './example-3/judge.ts'
import { samplesOfExample3 } from './example-3/samples.ts'

/** The orthogonal sample and the other yardsticks of m·α in §4. */
export const example3: Experiment<GradientSampleSpec> = {
  id: 'example-3',
  figure: 'Example 3',
  title: 'The orthogonal limit: what α is where no example helps another',
  claim:
    'α of m pairwise orthogonal gradients is 1/m, whatever they are. Against this yardstick m·α says how many examples an ' +
    'example helps: 1 where they are orthogonal, m where all are equal, 0 where nothing more can be gained.',
  paper: 'any m gradients, pairwise orthogonal, equal, or with a mean of zero',
  more: 'the-idea.md',
  scales: atAnyScale('samples of up to 64 gradients'),
  settings: {},
  plan: () => [
    { task: 'gradient-samples', experiment: 'example-3', arm: 'samples', seed: 1, samples: samplesOfExample3() },
  ],
  draw: drawYardsticks,
  judge: judgeYardsticks,
}
