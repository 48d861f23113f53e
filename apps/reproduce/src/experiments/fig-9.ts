import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { drawLayersByLabel } from './fig-9/draw-layers.ts'
import { drawPristineAgainstCorrupt } from './fig-9/draw.ts'
import { judgePristineAgainstCorrupt } from './fig-9/judge.ts'

/** Settings that differ between scales. */
interface Size {
  readonly examples: number
  readonly test: number
  readonly hidden: readonly number[]
  readonly batchSize: number
  readonly learningRate: number
  readonly steps: number
  readonly measured: number
  readonly evaluateEvery: number
  readonly measureEvery: number
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    examples: 300,
    test: 300,
    hidden: [64, 64],
    batchSize: 50,
    learningRate: 0.03,
    steps: 600,
    measured: 120,
    evaluateEvery: 12,
    measureEvery: 12,
  },
  desk: {
    examples: 2000,
    test: 2000,
    hidden: [256, 256, 256],
    batchSize: 100,
    learningRate: 0.02,
    steps: 5000,
    measured: 800,
    evaluateEvery: 20,
    measureEvery: 40,
  },
}

/** Pristine against corrupt examples of one training set: Figure 9 of the paper, on MNIST. */
export const fig9: Experiment = {
  id: 'fig-9',
  figure: 'Figure 9',
  title: 'Right labels against wrong ones: the coherent half is learned first',
  claim:
    'Examples with right labels help each other, those with wrong labels don’t: m·α is higher on the pristine half of a ' +
    'training set than on the corrupt half, and the pristine half is learned much faster.',
  paper: 'ResNet-50 on ImageNet, half of the labels drawn anew',
  scales: {
    smoke: { what: '300 MNIST images, half the labels drawn anew, 2 × 64 ReLU, 600 steps', cost: 'about 15 seconds' },
    desk: {
      what: '2,000 MNIST images, half the labels drawn anew, 3 × 256 ReLU, until every label is fitted',
      cost: 'about 3 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (!size) return []
    return Array.from({ length: Number(settings['seeds'] ?? '3') }, (_, i) => specOf(size, i + 1))
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawPristineAgainstCorrupt(present), drawLayersByLabel(present)]
  },
  judge: judgePristineAgainstCorrupt,
}

function specOf(size: Size, seed: number): TrainingSpec {
  return {
    experiment: 'fig-9',
    arm: 'half noisy labels',
    seed,
    engine: 'wasm',
    data: {
      dataset: 'mnist',
      train: size.examples,
      test: size.test,
      noise: { kind: 'labels', scheme: 'exact', fraction: 0.5 },
      noisyTest: false,
    },
    model: { kind: 'mlp', hidden: size.hidden },
    training: {
      steps: size.steps,
      batchSize: size.batchSize,
      learningRate: size.learningRate,
      aggregator: { rule: 'mean' },
      stopWhenFitted: true,
    },
    measure: {
      evaluate: [{ every: 'steps', n: size.evaluateEvery }],
      coherence: [
        { every: 'fall', fraction: 0.01 },
        { every: 'steps', n: size.measureEvery },
      ],
      examples: size.measured,
      splits: ['train'],
      populations: 'designation',
    },
  }
}
