import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import { pointsOf, upTo } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { LEARNING_RATES, OURS, seriesName } from './series.ts'

const sets = ['L', 'M'] as const
const setLabels = { L: 'L (“real”)', M: 'M (“random”)' } as const
/** By then all is fitted that will be. */
const LAST = 150
const steps = { label: 'step', domain: [0, LAST] } as const

/** Losses and weights with the mean and with the median gradient; what other learning rates change. */
export function drawRealAndRandom(results: readonly (RunResult<DescentSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  return [
    {
      id: 'example-1',
      title: 'A linear model on L (“real”) and on M (“random”)',
      caption:
        'Four training examples of six features; in L the sixth predicts all of them, in M it is zero. Gradient descent ' +
        `from w = 0 at learning rate ${OURS}, which is our choice: the paper gives none. Test is the fifth example. On L the ` +
        'common weight w6 grows four times as fast as that of a feature which only one example has. The median gradient ' +
        'moves nothing but the common weight.',
      rowLabels: sets.map((set) => setLabels[set]),
      rows: sets.map((set) => [
        losses(rows, set, 'mean', 'Loss, mean gradient'),
        weights(rows, set, 'mean', 'Weights, mean gradient'),
        losses(rows, set, 'median', 'Loss, median gradient'),
        weights(rows, set, 'median', 'Weights, median gradient'),
      ]),
    },
    {
      id: 'example-1-learning-rates',
      title: 'What the learning rate changes: the time it takes, not where it leads',
      caption:
        'By step, and by step × learning rate, in which the curves of small rates fall together. On L the loss on the fifth ' +
        'example ends at 0.02 at any rate, on M, where it stays at 0.5, the training loss ends at 0. From 1.6 on the descent ' +
        'on L diverges.',
      rowLabels: sets.map((set) => setLabels[set]),
      rows: sets.map((set) => [
        rates(rows, set, 'By step', { label: 'step', scale: 'log', domain: [1, 800] }, (step) => step),
        rates(
          rows,
          set,
          'By step × learning rate',
          { label: 'step × learning rate', domain: [0, 10] },
          (step, η) => step * η,
        ),
      ]),
    },
  ]
}

function losses(rows: readonly QuantityRow[], set: 'L' | 'M', rule: 'mean' | 'median', title: string): Panel {
  const of = (split: 'train' | 'test'): Series => ({
    name: split === 'train' ? 'training loss' : 'loss on the fifth example',
    role: split,
    mark: 'line',
    // With the median both are the same: the one lies dashed over the other.
    ...(split === 'train' ? { dash: true } : {}),
    points: upTo(LAST, pointsOf(rows, seriesName(set, rule), 'loss', split)),
  })
  return { title, x: steps, y: { label: 'loss', domain: [0, 0.6] }, series: [of('test'), of('train')] }
}

function weights(rows: readonly QuantityRow[], set: 'L' | 'M', rule: 'mean' | 'median', title: string): Panel {
  const of = (item: string, name: string, dash: boolean): Series => ({
    name,
    mark: 'line',
    ...(dash ? { dash } : {}),
    points: upTo(LAST, pointsOf(rows, seriesName(set, rule), 'weight', item)),
  })
  return {
    title,
    x: steps,
    y: { label: 'weight', domain: [0, 1.2] },
    series: [of('w6', 'w6, common feature', false), of('w1', 'w1, one example’s own', true)],
  }
}

function rates(
  rows: readonly QuantityRow[],
  set: 'L' | 'M',
  title: string,
  x: Panel['x'],
  place: (step: number, learningRate: number) => number,
): Panel {
  return {
    title,
    x,
    y: { label: set === 'L' ? 'loss on the fifth example' : 'training loss', domain: [0, 0.6] },
    series: LEARNING_RATES.map((learningRate) => ({
      name: `learning rate ${learningRate}`,
      mark: 'line',
      points: pointsOf(rows, seriesName(set, 'mean', learningRate), 'loss', set === 'L' ? 'test' : 'train').map(
        ([step, loss]) => [place(step, learningRate), loss] as const,
      ),
    })),
  }
}
