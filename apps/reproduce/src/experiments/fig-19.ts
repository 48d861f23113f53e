import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeRandom } from './describe-random.ts'
import { describeTraining } from './describe-training.ts'
import { drawLayers } from './fig-1/draw-layers.ts'
import { alexnetScales, alexnetSizes } from './fig-2/sizes.ts'
import { judgeFirstConvolution } from './fig-3/judge-first-convolution.ts'
import { finished } from './finished.ts'
import { isProxy } from './is-proxy.ts'
import { layersOf } from './layers-of.ts'
import { randomImages, realData } from './noise-arms.ts'
import { pairsBySeed } from './pairs-by-seed.ts'
import { plainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

/** All of ImageNet's training examples. */
const EVERY = 1_281_167

/** The first layer of AlexNet over the whole training set: Figure 19 of the paper. */
export const fig19: Experiment = {
  id: 'fig-19',
  figure: 'Figure 19',
  title: 'The first layer of AlexNet over the whole training set',
  claim:
    'That coherence in the first layer differs between real and random data is no matter of the sample: it is seen as well ' +
    'when m·α is measured over the whole training set.',
  paper: 'AlexNet on ImageNet, real and random, m = all of its training examples',
  scales: alexnetScales,
  compared: ['real', 'random'],
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = alexnetSizes[scale]
    if (size === undefined) return []
    const whole = { ...size, measured: size.train ?? EVERY, splits: ['train'] as const }
    return seedsAt(scale, settings, 3).flatMap((seed) =>
      [realData, randomImages].map((arm) => plainTraining('fig-19', arm, seed, whole)),
    )
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    const first = present.map((run) => {
      const scope = layersOf(run)[0]
      return { ...run, coherence: run.coherence.filter((row) => row.scope === scope) }
    })
    return [
      drawLayers(first, {
        id: 'fig-19',
        title: 'Coherence of the first layer over the whole training set',
        caption:
          `${describeTraining(present)} ${describeRandom} m is the number of training examples; every seed has its curve. The paper: ` +
          'AlexNet on ImageNet, all of its training set.',
      }),
    ]
  },
  judge: (results) => judgeFirstConvolution(pairsBySeed(finished(results)), isProxy(results)),
}
