import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { evaluationsOf } from '../fig-4/accuracy.ts'
import { populationCurves } from '../m3/curves.ts'
import { cellOf, valuesOf } from '../m3/pairs.ts'
import { ruleNameOf, ruleNamesIn } from '../m3/rules.ts'

/** A row for each micro-batch: what M3, what A3 and what a user's rule fit of right and of wrong labels, and all at equal fit of right ones. */
export function drawByMicroBatch(runs: readonly RunResult[]): Figure {
  const rules = ruleNamesIn(runs)
  const microBatches = valuesOf(runs, 'microBatch')
  return {
    id: 'fig-6-labels',
    title: 'Half of the labels drawn anew: what is fitted, by the size of the micro-batch',
    caption:
      `${describeTraining(runs)} Each micro-batch has a learning rate and a length of its own. Pristine: training examples ` +
      'whose label is right, by chance included; corrupt: those whose label is wrong. Dashed: test examples, with right ' +
      'labels. The last column leaves time out: how many wrong labels are fitted where so many right ones are, a dot for each evaluation. ' +
      'A line for each seed. The paper: ResNet-50 on ImageNet with noise images and micro-batches of 256.',
    rowLabels: microBatches.map((size) => `micro-batch ${size}`),
    rows: microBatches.map((size) =>
      panelsOf(
        runs.filter((run) => cellOf(run).microBatch === size),
        rules,
      ),
    ),
  }
}

function panelsOf(runs: readonly RunResult[], rules: readonly string[]): readonly Panel[] {
  return [
    ...rules.map((rule): Panel => ({
      title: rule,
      // Rows are of different lengths.
      x: { label: 'step', domain: [0, Math.max(...runs.map(({ spec }) => spec.training.steps))] },
      y: { label: 'accuracy', domain: [0, 1] },
      series: populationCurves(
        runs.filter((run) => ruleNameOf(run) === rule),
        'step',
      ),
    })),
    {
      title: 'At equal fit of right labels',
      x: { label: 'right labels fitted', domain: [0, 1] },
      y: { label: 'wrong labels fitted', domain: [0, 1] },
      series: runs.map(path),
    },
  ]
}

/** Where a run was, of right and of wrong labels fitted. */
function path(run: RunResult): Series {
  const wrong = new Map(evaluationsOf(run, 'train', 'corrupt').map((row) => [row.step, row.accuracy]))
  return {
    name: ruleNameOf(run),
    mark: 'dots',
    points: evaluationsOf(run, 'train', 'pristine').map((row) => [row.accuracy, wrong.get(row.step) ?? Number.NaN]),
  }
}
