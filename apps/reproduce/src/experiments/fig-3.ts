import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeRandom } from './describe-random.ts'
import { describeTraining } from './describe-training.ts'
import { drawLayers } from './fig-1/draw-layers.ts'
import { alexnetRuns, alexnetScales } from './fig-2/sizes.ts'
import { judgeLayers } from './fig-3/judge.ts'

/** AlexNet layer by layer: Figure 3 of the paper, of the runs of Figure 2. */
export const fig3: Experiment = {
  id: 'fig-3',
  figure: 'Figure 3',
  title: 'AlexNet layer by layer: the first convolution memorises random data',
  claim:
    'On random data, and only there, gradients in the first convolution are pairwise orthogonal: m·α is about 1. The dense ' +
    'layers are about as coherent as on real data, and they lift the average over the network.',
  paper: 'AlexNet on ImageNet, batch 4,096, learning rate 0.01, m = 50,000',
  scales: alexnetScales,
  compared: ['real', 'random'],
  settings: { seeds: ['3', '1'] },
  plan: (scale, settings) => (alexnetScales[scale] === undefined ? [] : alexnetRuns(scale, settings)),
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [
      drawLayers(present, {
        id: 'fig-3',
        title: 'Coherence of AlexNet layer by layer',
        caption:
          `${describeTraining(present)} ${describeRandom} The runs of fig-2; every seed has its curve. The paper: AlexNet on ` +
          'ImageNet, batch 4,096, learning rate 0.01, m = 50,000.',
      }),
    ]
  },
  judge: judgeLayers,
}
