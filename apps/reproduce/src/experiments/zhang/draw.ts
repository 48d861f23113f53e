import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { fitsOf, type Fit } from './fits.ts'
import { conditions } from './sizes.ts'

/** Shown over time; what lies between is in the second figure. */
const shown = ['true labels', '50% of labels random', 'random labels', 'shuffled pixels', 'random pixels', 'gaussian']

/** Fits over time, and how they end by the share of random labels. */
export function drawFits(runs: readonly RunResult[]): readonly Figure[] {
  const caption =
    `${describeTraining(runs)} Each stops when every training example is fitted. Shuffled pixels: one permutation for all images; ` +
    'random pixels: one for each; gaussian: noise of the data’s mean and variance. Regularised runs are in the table. Zhang et al. trained Inception, AlexNet and ' +
    'dense networks on CIFAR-10.'
  const drawn = runs.filter(({ spec }) => shown.includes(spec.arm))
  const curves = (of: (run: RunResult) => Series['points']): readonly Series[] =>
    drawn.map((run) => ({ name: run.spec.arm, mark: 'line', points: of(run) }))
  const accuracy =
    (split: string) =>
    (run: RunResult): Series['points'] =>
      run.evaluations
        .filter((row) => row.split === split && row.population === 'all')
        .map((row) => [row.epoch, row.accuracy] as const)
  const epoch = { label: 'epoch' }
  const share = { label: 'accuracy', domain: [0, 1] } as const
  return [
    {
      id: 'zhang',
      title: 'Fitting true and random data',
      caption: `${caption} Every seed has its curve.`,
      rows:
        drawn.length === 0
          ? []
          : [
              [
                { title: 'Training accuracy', x: epoch, y: share, series: curves(accuracy('train')) },
                { title: 'Test accuracy', x: epoch, y: share, series: curves(accuracy('test')) },
                {
                  title: 'Coherence',
                  x: epoch,
                  y: { label: 'm·α', scale: 'log' },
                  series: curves(coherence),
                  rules: [orthogonalLimit],
                },
              ],
            ],
    },
    drawSweep(runs, caption),
  ]
}

const coherence = (run: RunResult): Series['points'] =>
  run.coherence
    .filter((row) => row.scope === 'all' && row.split === 'train' && row.population === 'all')
    .map((row) => [row.epoch, row.mAlpha] as const)

function drawSweep(runs: readonly RunResult[], caption: string): Figure {
  const shares = new Map(runs.map(({ spec }) => [spec.arm, shareOf(spec)]))
  const fits = fitsOf(runs).filter(({ arm }) => !Number.isNaN(shares.get(arm)))
  const seeds = [...new Set(fits.map(({ seed }) => seed))]
  const x = { label: 'share of labels drawn anew', domain: [0, 1] } as const
  const curves = (of: (fit: Fit) => number): readonly Series[] =>
    seeds.map((seed) => ({
      name: 'a seed',
      role: 'neutral',
      mark: 'line-and-dots',
      points: fits.filter((fit) => fit.seed === seed).map((fit) => [shares.get(fit.arm)!, of(fit)] as const),
    }))
  return {
    id: 'zhang-labels',
    title: 'The more labels are random, the less is learned',
    caption,
    rows:
      fits.length === 0
        ? []
        : [
            [
              { title: 'Time to fit', x, y: { label: 'epochs' }, series: curves(({ epochs }) => epochs) },
              {
                title: 'Test accuracy',
                x,
                y: { label: 'accuracy', domain: [0, 1] },
                series: curves(({ testAccuracy }) => testAccuracy),
              },
              {
                title: 'Typical coherence',
                x,
                y: { label: 'm·α' },
                series: curves((fit) => fit.coherence),
                rules: [orthogonalLimit],
              },
            ],
          ],
  }
}

/** The share of labels that are random; NaN where images are, or something regularises. */
function shareOf({ arm, data }: RunResult['spec']): number {
  if (conditions.find(({ name }) => name === arm)?.by !== undefined) return Number.NaN
  if (data.noise.kind === 'none') return 0
  return data.noise.kind === 'labels' ? data.noise.fraction : Number.NaN
}
