import type { Experiment } from '../experiment.ts'
import type { GradientSampleSpec } from '../specs/gradient-sample-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawPairwiseDots } from './example-2/draw.ts'
import { judgePairwiseDots } from './example-2/judge.ts'
import { samplesOfExample2 } from './example-2/samples.ts'

/** Equal gradients against orthogonal ones: E[g·g′], and why it isn't enough (§4). */
export const example2: Experiment<GradientSampleSpec> = {
  id: 'example-2',
  figure: 'Example 2',
  title: 'Equal gradients against orthogonal ones',
  claim:
    'Where m gradients are all equal, the mean dot product of two of them is m times what it is where they are orthogonal, ' +
    'so that the loss falls m times as fast. But it has no scale of its own: the same value can mean either.',
  paper: 'any m gradients of one norm, all equal or pairwise orthogonal',
  more: 'the-idea.md',
  scales: atAnyScale('samples of up to 32 gradients'),
  settings: {},
  plan: () => [
    { task: 'gradient-samples', experiment: 'example-2', arm: 'samples', seed: 1, samples: samplesOfExample2 },
  ],
  draw: drawPairwiseDots,
  judge: judgePairwiseDots,
}
