import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeRandom } from './describe-random.ts'
import { describeTraining } from './describe-training.ts'
import { drawRealAgainstRandom } from './fig-1/draw.ts'
import { judgeAlexNet } from './fig-2/judge.ts'
import { alexnetRuns, alexnetScales } from './fig-2/sizes.ts'

/** AlexNet on real against random data: Figure 2 of the paper. */
export const fig2: Experiment = {
  id: 'fig-2',
  figure: 'Figure 2',
  title: 'AlexNet: coherence of random data can be high over the whole network',
  claim:
    'With AlexNet m·α on random data reaches 40, not below 5 as with ResNet-50; yet its peak is less than half of that on real ' +
    'data, and comes much later in training.',
  paper: 'AlexNet on ImageNet, batch 4,096, learning rate 0.01, m = 50,000',
  scales: alexnetScales,
  compared: ['real', 'random'],
  settings: { seeds: ['3', '1'] },
  plan: (scale, settings) => (alexnetScales[scale] === undefined ? [] : alexnetRuns(scale, settings)),
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [
      drawRealAgainstRandom(present, {
        id: 'fig-2',
        title: 'AlexNet on real against random data',
        caption:
          `${describeTraining(present)} ${describeRandom} Every seed has its curve. m·α says how many examples a step for one example ` +
          'helps, itself included. The paper: AlexNet on ImageNet, batch 4,096, learning rate 0.01, m = 50,000.',
      }),
    ]
  },
  judge: judgeAlexNet,
}
