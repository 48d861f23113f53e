import type { Experiment } from '../experiment.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { finishedRuns } from './fig-7/outcome.ts'
import { planEasyAndHard } from './fig-7/plan.ts'
import { easyAndHardScales } from './fig-7/scales.ts'
import { drawAcrossKinds } from './fig-8/draw.ts'
import { judgeAcrossKinds } from './fig-8/judge.ts'

/** Figure 8: do hard examples draw the boundary that easy ones then lie far from? By the runs of Figure 7. */
export const fig8: Experiment<EasyAndHardSpec> = {
  id: 'fig-8',
  figure: 'Figure 8',
  title: 'Hard examples alone don’t teach the easy ones',
  claim:
    'If training tried simple functions first, hard examples would be those near the decision boundary, and a network that ' +
    'has learned them would know the easy ones. It doesn’t: trained on hard examples it does far worse on easy ones than ' +
    'trained on other easy ones.',
  paper: 'ResNet-50 trained on 500,000 hard or 500,000 easy images of ImageNet, tested on 50,000 easy ones',
  scales: easyAndHardScales,
  settings: { seeds: ['3', '5', '1'] },
  plan: (scale, settings) => planEasyAndHard(scale, Number(settings['seeds'] ?? '3')),
  draw(results) {
    const runs = finishedRuns(results)
    return runs.length === 0 ? [] : [drawAcrossKinds(runs)]
  },
  judge: (results) => judgeAcrossKinds(finishedRuns(results)),
}
