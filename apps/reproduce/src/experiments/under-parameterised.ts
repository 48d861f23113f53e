import type { Experiment } from '../experiment.ts'
import type { GradientSampleSpec } from '../specs/gradient-sample-spec.ts'
import type { RandomFitsSpec } from '../specs/random-fits-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawCopies } from './under-parameterised/draw.ts'
import { drawRandomFits } from './under-parameterised/draw-random-fits.ts'
import { judgeCopies } from './under-parameterised/judge.ts'
import { judgeRandomFits } from './under-parameterised/judge-random-fits.ts'
import { copiedSamples } from './under-parameterised/samples.ts'

const fits: RandomFitsSpec = {
  task: 'random-fits',
  experiment: 'under-parameterised',
  arm: 'random labels',
  seed: 1,
  sizes: [3, 6, 12, 24, 48, 96, 192, 384],
  draws: 10,
  test: 500,
  learningRate: 0.1,
  steps: 500,
}

/** More examples than parameters: copies of orthogonal gradients, and random labels that can't be fitted (§4, footnote 15). */
export const underParameterised: Experiment<GradientSampleSpec | RandomFitsSpec> = {
  id: 'under-parameterised',
  figure: '§4 and footnote 15',
  title: 'More examples than parameters',
  claim:
    'In d dimensions no more than d gradients can be orthogonal. Where m = k·d examples are k copies of d orthogonal ones, ' +
    'α is 1/d whatever k is, and m·α is k: each example helps its k copies. And where m is large, there is hardly a ' +
    'generalization gap even with random labels, since they can’t be fitted.',
  paper: 'none: an argument about k copies of d orthogonal gradients, and a remark in footnote 15',
  scales: atAnyScale('up to 320 gradients in 5 dimensions; 6 weights fitted to up to 384 random labels', '2 seconds'),
  settings: {},
  plan: () => [
    { task: 'gradient-samples', experiment: 'under-parameterised', arm: 'samples', seed: 1, samples: copiedSamples },
    fits,
  ],
  draw: ([samples, fitted]) => [...drawCopies([samples]), ...drawRandomFits([fitted], fits)],
  judge: ([samples, fitted]) => [...judgeCopies([samples]), ...judgeRandomFits([fitted], fits)],
}
