import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { NetworkSpec } from '../specs/network-spec.ts'
import { drawEvolution } from './evolution/draw.ts'
import { judgeEvolution } from './evolution/judge.ts'
import { networks } from './evolution/networks.ts'
import { randomImages, realData } from './noise-arms.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

const sizes: Readonly<Partial<Record<Scale, Omit<PlainTraining, 'model'>>>> = {
  smoke: {
    train: 60,
    test: 60,
    batchSize: 20,
    learningRate: 0.1,
    steps: 40,
    measured: 40,
    splits: ['train'],
    evaluate: [{ every: 'steps', n: 20 }],
    coherence: [{ every: 'steps', n: 5 }],
  },
  desk: {
    train: 200,
    test: 200,
    batchSize: 25,
    learningRate: 0.1,
    steps: 1500,
    measured: 200,
    splits: ['train'],
    evaluate: [{ every: 'steps', n: 100 }],
    coherence: [
      { every: 'steps', n: 50 },
      { every: 'listed', steps: [0, 5, 10, 15, 20, 25, 30, 35, 40, 60, 70, 80, 90, 120, 140, 160, 180] },
    ],
  },
}

/** How coherence evolves in networks of several families, on real and on random data: §6 of the paper. */
export const evolution: Experiment = {
  id: 'evolution',
  figure: '§6, Evolution of Coherence',
  title: 'Coherence rises to a peak and comes back, whatever the network and the data',
  claim:
    'After the first steps m·α starts low, rises to a peak and returns to the orthogonal limit, on real and on random data ' +
    'alike. A fully connected network on MNIST is a rare case: there it starts high.',
  paper: '“several architectures and data sets”, real and random; which, and how trained, the text doesn’t say',
  scales: {
    smoke: { what: '5 networks, 60 MNIST images, 40 steps', cost: 'about 20 seconds' },
    desk: { what: '5 narrow networks, 200 MNIST images, 1,500 steps', cost: 'about 15 minutes' },
  },
  settings: { seeds: ['3', '1'], dataset: ['mnist', 'cifar10'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    const dataset = settings['dataset'] ?? 'mnist'
    const armOf = (network: string, kind: string): string => `${network}, ${kind}`
    return seedsAt(scale, settings, 3).flatMap((seed) =>
      Object.entries<NetworkSpec>(networks).flatMap(([name, model]) =>
        [realData, randomImages].map(({ arm, data }) =>
          plainTraining('evolution', { arm: armOf(name, arm), data }, seed, { ...size, dataset, model }),
        ),
      ),
    )
  },
  draw(results) {
    return [drawEvolution(results.filter((result): result is RunResult => result !== undefined))]
  },
  judge: judgeEvolution,
}
