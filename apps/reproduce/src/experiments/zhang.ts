import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { threeSeeds } from './three-seeds.ts'
import { drawFits } from './zhang/draw.ts'
import { judgeFits } from './zhang/judge.ts'
import { augmentationOf, conditions, DROPOUT, sizes, WEIGHT_DECAY, type Condition } from './zhang/sizes.ts'
import { tabulateFits } from './zhang/tabulate.ts'

/** The randomisation tests of Zhang et al. (2017), with coherence beside each. */
export const zhang: Experiment = {
  id: 'zhang',
  figure: '§1 and Zhang et al. (2017)',
  title: 'The same network fits anything: what tells learning from memorising is coherence',
  claim:
    'A network fits random labels and random images without error, in little more time than the true ones; the more of the ' +
    'labels are random, the worse it does on test examples. Neither weight decay nor dropout nor augmentation keeps it from ' +
    'memorising, or explains why it learns. Coherence of the gradients tells the cases apart.',
  paper:
    'none: §1 starts from Zhang et al., who trained Inception, AlexNet and dense networks on CIFAR-10, and Inception on ImageNet',
  scales: {
    smoke: { what: '14 kinds of data and training, 200 MNIST images, 64 hidden units', cost: 'about 30 seconds' },
    desk: {
      what: '14 kinds of data and training, 1,000 MNIST images, 2 × 256 ReLU, until every image is fitted',
      cost: 'about 10 minutes',
    },
  },
  settings: { seeds: ['3', '5', '1'], dataset: ['mnist', 'cifar10'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    const on = { ...size, dataset: settings['dataset'] ?? 'mnist' }
    return threeSeeds(scale, settings).flatMap((seed) => conditions.map((condition) => specOf(on, condition, seed)))
  },
  draw(results) {
    return drawFits(results.filter((result): result is RunResult => result !== undefined))
  },
  judge: judgeFits,
  tabulate: tabulateFits,
}

/** Test images get the noise of the training images, test labels none. */
function specOf(size: PlainTraining, { name, noise, by }: Condition, seed: number): TrainingSpec {
  const noisyTest = noise.kind !== 'none' && noise.kind !== 'labels'
  const plain = plainTraining('zhang', { arm: name, data: { noise, noisyTest } }, seed, size)
  const { data, model, training } = plain
  if (by === 'weight decay') return { ...plain, training: { ...training, weightDecay: WEIGHT_DECAY } }
  if (by === 'dropout' && model.kind === 'mlp') return { ...plain, model: { ...model, dropout: DROPOUT } }
  return by === 'augmentation' ? { ...plain, data: { ...data, augment: augmentationOf(data.dataset) } } : plain
}
