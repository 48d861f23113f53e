import type { Figure, Panel, Series } from '../../figure/figure.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { pointsOf } from '../quantities.ts'
import { caption } from './caption.ts'
import { type EasyAndHardRun, kinds, ofEach, type Kind } from './outcome.ts'
import { overSeeds } from './over-seeds.ts'

/** Easy and hard examples among all others while one network is trained, and each for itself alone. */
export function drawInCompany(runs: readonly EasyAndHardRun[]): Figure {
  const [first] = runs
  const together = (quantity: string, title: string, y: Panel['y'], rules?: Panel['rules']): Panel => ({
    title,
    x: { label: 'step' },
    y,
    series: kinds.map((kind) => ({
      name: kind,
      role: roleOf(kind),
      mark: 'line',
      ...overSeeds(
        runs.map(({ quantities }) => pointsOf(quantities, 'together', quantity, kind)),
        y.scale ?? 'linear',
      ),
    })),
    ...(rules === undefined ? {} : { rules }),
  })
  const alone =
    first === undefined
      ? ''
      : ` Alone: steps until the loss of a single example is below ${first.spec.alone.fitted}, at learning rate ${first.spec.alone.learningRate}, ` +
        `of ${first.spec.alone.pairs} examples of either kind in each seed, from least to most.`
  return {
    id: 'fig-7-in-company',
    title: 'The same examples among all others, and alone',
    caption: `${caption(runs)} Among all: one network is trained on all images; m is the same for both kinds.${alone}`,
    rows: [
      [
        together('accuracy', 'Among all: accuracy', { label: 'accuracy', domain: [0, 1] }),
        together('m·α', 'Among all: coherence', { label: 'm·α', scale: 'log' }, [orthogonalLimit]),
        {
          title: 'Alone: steps to fit one example',
          x: { label: 'share of the examples' },
          y: { label: 'steps', domain: [0, highest(runs)] },
          series: kinds.flatMap((kind) => runs.map((run) => sorted(run, kind))),
        },
      ],
    ],
  }
}

const roleOf = (kind: Kind): 'pristine' | 'corrupt' => (kind === 'easy' ? 'pristine' : 'corrupt')

function sorted(run: EasyAndHardRun, kind: Kind): Series {
  const steps = ofEach(run, kind, 'steps').toSorted((a, b) => a - b)
  return {
    name: kind,
    role: roleOf(kind),
    mark: 'line',
    points: steps.map((value, i) => [(i + 0.5) / steps.length, value] as const),
  }
}

function highest(runs: readonly EasyAndHardRun[]): number {
  const all = runs.flatMap((run) => kinds.flatMap((kind) => ofEach(run, kind, 'steps'))).filter(Number.isFinite)
  return Math.max(10, ...all) * 1.05
}
