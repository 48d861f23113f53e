import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { populationCurves } from '../m3/curves.ts'
import { ruleNameOf, ruleNamesIn } from '../m3/rules.ts'

/** Real images and noise of one training set apart: a column for M3, one for A3. */
export function drawRealAndNoise(runs: readonly RunResult[]): Figure {
  return {
    id: 'fig-6',
    title: 'Half of the images are noise: what is fitted of either half',
    caption:
      `${describeTraining(runs)} The runs of fig-5 at 50% noise. Pristine: training images that are real; corrupt: those that ` +
      'are Gaussian noise. Dashed: test images that are real. A line for each seed. The paper: ResNet-50 on ImageNet.',
    rows: runs.length === 0 ? [] : [ruleNamesIn(runs).map((rule) => panelOf(rule, runs))],
  }
}

function panelOf(rule: string, runs: readonly RunResult[]): Panel {
  return {
    title: rule,
    x: { label: 'epoch' },
    y: { label: 'accuracy', domain: [0, 1] },
    series: populationCurves(runs.filter((run) => ruleNameOf(run) === rule)),
  }
}
