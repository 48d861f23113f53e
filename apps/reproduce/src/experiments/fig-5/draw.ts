import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { evaluationsOf, unmemorised } from '../fig-4/accuracy.ts'
import { cellOf, valuesOf } from '../m3/pairs.ts'
import { ruleNameOf, ruleOf } from '../m3/rules.ts'

/** The paper's columns, one for each amount of noise: accuracies by M3 and by A3, and what lies between training and test. */
export function drawMedianAgainstMean(runs: readonly RunResult[]): Figure {
  const noises = valuesOf(runs, 'noise')
  const at = (noise: number): readonly RunResult[] => runs.filter((run) => cellOf(run).noise === noise)
  return {
    id: 'fig-5',
    title: 'Median of 3 micro-batches against their mean',
    caption:
      `${describeTraining(runs)} A step’s gradient is that of ${microBatches(runs)}: their coordinate-wise median (M3, ` +
      'solid) or mean (A3, dashed), from the same weights on the same batches. Columns: share of the training images, and ' +
      'of the test images, that are Gaussian noise; labels stay. A line for each seed. The paper: ResNet-50 on ImageNet, ' +
      'micro-batch 256, learning rate 0.20, 90 epochs.',
    rows:
      noises.length === 0
        ? []
        : [
            noises.map((noise): Panel => ({
              title: `${100 * noise}% noise`,
              x: { label: 'epoch' },
              y: { label: 'accuracy', domain: [0, 1] },
              series: at(noise).flatMap(accuracies),
              ...(noise > 0 && noise < 1 ? { rules: [realAlone(at(noise)[0]!)] } : {}),
            })),
            noises.map((noise): Panel => ({
              title: `${100 * noise}% noise`,
              x: { label: 'epoch' },
              y: { label: 'training − test accuracy' },
              series: at(noise).map(gap),
            })),
          ],
  }
}

/** `3 micro-batches of 4 examples` */
function microBatches(runs: readonly RunResult[]): string {
  const paired = runs.filter((run) => ruleOf(run) !== undefined)
  return `3 micro-batches of ${valuesOf(paired, 'microBatch').join(' or ')} examples`
}

function realAlone(run: RunResult): { readonly y: number; readonly label: string } {
  return { y: unmemorised(run), label: 'real images alone' }
}

function accuracies(run: RunResult): readonly Series[] {
  return (['train', 'test'] as const).map((split) => ({
    name: `${ruleNameOf(run)}, ${split === 'train' ? 'training' : 'test'}`,
    role: split,
    mark: 'line',
    dash: ruleOf(run) === 'A3',
    points: evaluationsOf(run, split).map((row) => [row.epoch, row.accuracy]),
  }))
}

function gap(run: RunResult): Series {
  const tested = new Map(evaluationsOf(run, 'test').map((row) => [row.step, row.accuracy]))
  return {
    name: `${ruleNameOf(run)}, gap`,
    role: 'neutral',
    mark: 'line',
    dash: ruleOf(run) === 'A3',
    points: evaluationsOf(run, 'train').map((row) => [row.epoch, row.accuracy - (tested.get(row.step) ?? Number.NaN)]),
  }
}
