import type { Figure } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { evaluationsOf } from '../fig-4/accuracy.ts'
import { cellOf, valuesOf } from '../m3/pairs.ts'
import { ruleNameOf, ruleNamesIn } from '../m3/rules.ts'

/** Training accuracy along the runs, a curve for each learning rate and seed: where it is unstable. */
export function drawCurves(runs: readonly RunResult[]): Figure {
  const microBatches = valuesOf(runs, 'microBatch')
  return {
    id: 'fig-27-curves',
    title: 'Training by M3 and by A3, by learning rate',
    caption:
      `${describeTraining(runs)} Half of the training labels are drawn anew. Training accuracy, a line for each learning ` +
      'rate and seed.',
    rowLabels: microBatches.length === 0 ? [] : ruleNamesIn(runs),
    rows:
      microBatches.length === 0
        ? []
        : ruleNamesIn(runs).map((rule) =>
            microBatches.map((size) => ({
              title: `micro-batch ${size}`,
              x: { label: 'epoch' },
              y: { label: 'training accuracy', domain: [0, 1] },
              series: runs
                .filter((run) => ruleNameOf(run) === rule && cellOf(run).microBatch === size)
                .toSorted((a, b) => cellOf(a).learningRate - cellOf(b).learningRate)
                .map((run) => ({
                  name: `learning rate ${cellOf(run).learningRate}`,
                  mark: 'line',
                  points: evaluationsOf(run, 'train').map((row) => [row.epoch, row.accuracy] as const),
                })),
            })),
          ),
  }
}
