import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import { pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'

const models = ['linear', 'deep'] as const
const x = { label: 'step', domain: [0, 100] } as const

/** Weights, losses and coherence of the deep and of the linear model. */
export function drawDepth(results: readonly (RunResult<DescentSpec> | undefined)[]): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  return [
    {
      id: 'example-7',
      title: 'A linear model and a deep one on L',
      caption:
        'y = w·x and y = (w ⊙ u)·x. Learning rate 0.1; the linear model starts at 0, the deep one with all its weights at 0.01, since 0 is a ' +
        'stationary point. u is equal to w at every step, so a feature’s weight in the deep model is w². Right: the gap is ' +
        'the loss on the fifth example less the training loss, on a logarithmic axis; m·α of the four examples, at most 4.',
      rows: [
        [...models.map((model) => weights(rows, model)), importance(rows)],
        [losses(rows), gap(rows), coherence(rows)],
      ],
    },
  ]
}

function weights(rows: readonly QuantityRow[], model: 'linear' | 'deep'): Panel {
  return {
    title: `Weights w, ${model} model`,
    x,
    y: { label: 'weight', domain: [0, 1.2] },
    series: [
      { name: 'w6, common feature', mark: 'line', points: pointsOf(rows, model, 'weight', 'w6') },
      { name: 'w1, one example’s own', mark: 'line', points: pointsOf(rows, model, 'weight', 'w1') },
    ],
  }
}

const byModel = (points: (model: 'linear' | 'deep') => Series['points']): Series[] =>
  models.map((model) => ({
    name: `${model} model`,
    role: model === 'deep' ? 'real' : 'random',
    mark: 'line',
    points: points(model),
  }))

function importance(rows: readonly QuantityRow[]): Panel {
  return {
    title: 'Common over own feature, in the output',
    x,
    y: { label: 'ratio', scale: 'log', domain: [1, 1000] },
    series: byModel((model) => {
      const own = pointsOf(rows, model, 'weight', 'w1')
      const power = model === 'deep' ? 2 : 1
      return pointsOf(rows, model, 'weight', 'w6').map(
        ([step, value], at) => [step, (value / own[at]![1]) ** power] as const,
      )
    }),
  }
}

function losses(rows: readonly QuantityRow[]): Panel {
  return {
    title: 'Training (dashed) and test loss',
    x,
    y: { label: 'loss', domain: [0, 0.6] },
    series: [
      ...byModel((model) => pointsOf(rows, model, 'loss', 'test')),
      ...byModel((model) => pointsOf(rows, model, 'loss', 'train')).map((series) => ({
        ...series,
        name: `${series.name}, training`,
        dash: true,
      })),
    ],
  }
}

function gap(rows: readonly QuantityRow[]): Panel {
  return {
    title: 'Generalization gap',
    x,
    y: { label: 'gap', scale: 'log', domain: [1e-7, 1] },
    series: byModel((model) => {
      const train = pointsOf(rows, model, 'loss', 'train')
      return pointsOf(rows, model, 'loss', 'test').map(([step, value], at) => [step, value - train[at]![1]] as const)
    }),
  }
}

function coherence(rows: readonly QuantityRow[]): Panel {
  return {
    title: 'Coherence',
    x,
    y: { label: 'm·α', domain: [0, 4.5] },
    series: byModel((model) => pointsOf(rows, model, 'm·α', 'all')),
    rules: [
      { y: 4, label: 'all examples alike' },
      { y: 1, label: 'orthogonal limit' },
    ],
  }
}
