import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeRandom } from '../describe-random.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { placeOf } from './course.ts'

/** m·α over training: a column for each network, a row for each kind of data. */
export function drawEvolution(runs: readonly RunResult[]): Figure {
  const networks = [...new Set(runs.map((run) => placeOf(run).network))]
  const arms = (['real', 'random'] as const).filter((arm) => runs.some((run) => placeOf(run).arm === arm))
  const [first] = runs
  const panel = (network: string, arm: 'real' | 'random'): Panel => ({
    title: network,
    x: { label: 'epoch' },
    y: { label: 'm·α', scale: 'log' },
    series: runs
      .filter((run) => placeOf(run).network === network && placeOf(run).arm === arm)
      .map((run) => ({
        name: arm,
        role: arm,
        mark: 'line',
        points: run.coherence
          .filter((row) => row.scope === 'all' && row.split === 'train' && row.population === 'all')
          .map((row) => [row.epoch, row.mAlpha] as const),
      })),
    rules: [orthogonalLimit],
  })
  return {
    id: 'evolution',
    title: 'Coherence over training',
    caption:
      first === undefined
        ? 'Nothing has been run yet.'
        : `${first.spec.data.train} images of ${first.spec.data.dataset === 'cifar10' ? 'CIFAR-10' : 'MNIST'}, narrow networks without batch ` +
          `normalisation, batch ${first.spec.training.batchSize}, learning rate ${first.spec.training.learningRate}, m = ` +
          `${first.spec.measure.examples}. ${describeRandom} Every seed has its curve. The first steps are drawn too, and not judged. ` +
          'The paper: “several architectures and data sets”; its text doesn’t say which.',
    rowLabels: arms,
    rows: arms.map((arm) => networks.map((network) => panel(network, arm))),
  }
}
