import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { lateAccuracy } from '../fig-4/accuracy.ts'
import { cellOf, valuesOf } from '../m3/pairs.ts'
import { ruleNameOf, ruleNamesIn } from '../m3/rules.ts'
import { fallOf } from './fall-of.ts'

const measured = [
  ['right labels fitted', (run: RunResult) => lateAccuracy(run, 'train', 'pristine')],
  ['wrong labels fitted', (run: RunResult) => lateAccuracy(run, 'train', 'corrupt')],
  ['test accuracy', (run: RunResult) => lateAccuracy(run, 'test')],
  ['fall from the peak', fallOf],
] as const

/** Where runs end, over the learning rate: a column for each micro-batch. */
export function drawRates(results: readonly RunResult[]): Figure {
  const runs = results.filter((run) => run.done)
  const microBatches = valuesOf(runs, 'microBatch')
  return {
    id: 'fig-27',
    title: 'Learning rate and micro-batch of M3',
    caption:
      `${describeTraining(runs)} Half of the training labels are drawn anew; all runs make as many epochs. In the end, ` +
      'by learning rate: training accuracy on right and on wrong labels, test accuracy, and how far training accuracy has ' +
      'fallen from its highest. Dots: seeds; lines: their means. The paper: ResNet-50 on ImageNet.',
    rows:
      microBatches.length === 0
        ? []
        : measured.map(([label, measure]) =>
            microBatches.map((size) => ({
              title: `micro-batch ${size}`,
              x: { label: 'learning rate', scale: 'log' },
              y: { label, domain: [0, 1] },
              series: ruleNamesIn(runs).flatMap((rule) =>
                seriesOf(
                  rule,
                  runs.filter((run) => ruleNameOf(run) === rule && cellOf(run).microBatch === size),
                  measure,
                ),
              ),
            })),
          ),
  }
}

function seriesOf(name: string, runs: readonly RunResult[], measure: (run: RunResult) => number): readonly Series[] {
  const points = runs.map((run) => [cellOf(run).learningRate, measure(run)] as const)
  const means = valuesOf(runs, 'learningRate').map((rate) => {
    const own = points.filter(([x]) => x === rate).map(([, y]) => y)
    return [rate, own.reduce((sum, y) => sum + y, 0) / own.length] as const
  })
  return [
    { name, mark: 'line', points: means },
    { name, mark: 'dots', points },
  ]
}
