import type { Experiment } from '../experiment.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { drawEasyAndHard } from './fig-7/draw.ts'
import { drawInCompany } from './fig-7/draw-in-company.ts'
import { drawLayersByKind } from './fig-7/draw-layers.ts'
import { judgeEasyAndHard } from './fig-7/judge.ts'
import { finishedRuns } from './fig-7/outcome.ts'
import { planEasyAndHard } from './fig-7/plan.ts'
import { easyAndHardScales } from './fig-7/scales.ts'

/** Figure 7: examples that are learned early have more in common than those that are learned late. */
export const fig7: Experiment<EasyAndHardSpec> = {
  id: 'fig-7',
  figure: 'Figure 7',
  title: 'Easy examples are those that have much in common with others',
  claim:
    'Examples that every training learns early are more coherent as a set than those that are learned late, and generalise ' +
    'better. It is their company that makes them easy: alone, an easy example takes as long as a hard one.',
  paper: 'ResNet-50 on 500,000 easy and 500,000 hard images of ImageNet, told apart by several runs after two epochs',
  scales: easyAndHardScales,
  settings: { seeds: ['3', '5', '1'] },
  plan: (scale, settings) => planEasyAndHard(scale, Number(settings['seeds'] ?? '3')),
  draw(results) {
    const runs = finishedRuns(results)
    return runs.length === 0 ? [] : [drawEasyAndHard(runs), drawLayersByKind(runs), drawInCompany(runs)]
  },
  judge: (results) => judgeEasyAndHard(finishedRuns(results)),
}
