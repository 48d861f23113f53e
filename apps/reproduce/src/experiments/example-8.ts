import type { Experiment } from '../experiment.ts'
import type { DescentSpec } from '../specs/descent-spec.ts'
import type { InitialisationSpec } from '../specs/initialisation-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawTwoNeurons } from './example-8/draw.ts'
import { grids } from './example-8/grids.ts'
import { judgeTwoNeurons } from './example-8/judge.ts'
import { descents } from './example-8/starts.ts'

/** A good neuron against a bad one, and from where the good one wins (§10). */
export const example8: Experiment<DescentSpec | InitialisationSpec> = {
  id: 'example-8',
  figure: 'Example 8',
  title: 'A tale of two neurons',
  claim:
    'Of two hidden neurons only the good one sees the feature that all examples share. Its weight w2 grows faster than that ' +
    'of the bad one, w1, and overtakes it even from an adversarial start. Yet both weights have a coherence of 1: at a ' +
    'hidden layer alone it can’t tell what generalises from what doesn’t.',
  paper: 'two linear neurons with 13 weights from 0.01, w1 also from 0.1, 0.2 and more; Example 1’s data L',
  more: 'the-idea.md',
  scales: atAnyScale('13 weights, 4 examples: as in the paper; 53,504 first weights', '2 seconds'),
  settings: {},
  plan: () => [
    { task: 'toy-descent', experiment: 'example-8', arm: 'descents', seed: 1, descents },
    { task: 'initialisations', experiment: 'example-8', arm: 'initialisations', seed: 1, grids },
  ],
  draw: drawTwoNeurons,
  judge: judgeTwoNeurons,
}
