import type { Experiment } from '../experiment.ts'
import type { GradientSampleSpec } from '../specs/gradient-sample-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawCopies } from './under-parameterised/draw.ts'
import { judgeCopies } from './under-parameterised/judge.ts'
import { copiedSamples } from './under-parameterised/samples.ts'

/** More examples than parameters: k copies of d orthogonal gradients (§4). */
export const underParameterised: Experiment<GradientSampleSpec> = {
  id: 'under-parameterised',
  figure: '§4',
  title: 'More examples than parameters',
  claim:
    'In d dimensions no more than d gradients can be orthogonal. Where m = k·d examples are k copies of d orthogonal ones, ' +
    'α is 1/d whatever k is, and m·α is k: each example helps its k copies.',
  scales: atAnyScale('samples of up to 320 gradients in 5 dimensions'),
  settings: {},
  plan: () => [
    { task: 'gradient-samples', experiment: 'under-parameterised', arm: 'samples', seed: 1, samples: copiedSamples },
  ],
  draw: drawCopies,
  judge: judgeCopies,
}
