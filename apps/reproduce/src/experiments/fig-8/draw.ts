import type { Figure, Panel } from '../../figure/figure.ts'
import { caption } from '../fig-7/caption.ts'
import { type EasyAndHardRun, kinds } from '../fig-7/outcome.ts'
import { overSeeds } from '../fig-7/over-seeds.ts'
import { pointsOf } from '../quantities.ts'

/** How networks do that were trained on one kind, on examples of either: a panel for what was trained on. */
export function drawAcrossKinds(runs: readonly EasyAndHardRun[]): Figure {
  return {
    id: 'fig-8',
    title: 'What easy and hard examples say about each other',
    caption:
      `${caption(runs)} Test examples are of neither training set. The paper, on ImageNet: a network trained on hard images ` +
      'has 17% test accuracy on easy ones, one trained on easy images 71%.',
    rows: [
      kinds.map((trainedOn): Panel => ({
        title: `Trained on ${trainedOn} examples`,
        x: { label: 'step' },
        y: { label: 'test accuracy', domain: [0, 1] },
        series: kinds.map((testedOn) => ({
          name: `tested on ${testedOn}`,
          role: testedOn === 'easy' ? 'pristine' : 'corrupt',
          mark: 'line',
          ...overSeeds(runs.map(({ quantities }) => pointsOf(quantities, trainedOn, 'accuracy', `test ${testedOn}`))),
        })),
        rules: [{ y: 0.1, label: 'guessing' }],
      })),
    ],
  }
}
