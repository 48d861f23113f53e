import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { armsOf, describeRuns, type Arm } from './arms.ts'

const splits = ['train', 'test'] as const

/** What tells another figure of this layout from Figure 1. */
export interface FigureWords {
  readonly id: string
  readonly title: string
  readonly caption: string
}

/** The four columns of the paper's Figure 1, a row for each arm: loss, accuracy, coherence by epoch and by loss. */
export function drawRealAgainstRandom(results: readonly RunResult[], words: FigureWords = ofFigure1(results)): Figure {
  const arms = armsOf(results)
  const rows = arms.map((arm): Panel[] => [
    { title: 'Loss', x: { label: 'epoch' }, y: { label: 'loss', scale: 'log' }, series: evaluations(arm, 'loss') },
    {
      title: 'Accuracy',
      x: { label: 'epoch' },
      y: { label: 'accuracy', domain: [0, 1] },
      series: evaluations(arm, 'accuracy'),
    },
    {
      title: 'Coherence by epoch',
      x: { label: 'epoch' },
      y: { label: 'm·α', scale: 'log' },
      series: coherence(arm, (row) => row.epoch),
      rules: [orthogonalLimit],
    },
    {
      title: 'Coherence by training loss',
      x: { label: 'training loss', scale: 'log', reverse: true },
      y: { label: 'm·α', scale: 'log' },
      series: coherence(arm, (row) => row.trainingLoss, results.some(wanders) ? 'dots' : 'line'),
      rules: [orthogonalLimit],
    },
  ])
  return {
    ...words,
    rowLabels: arms.map((arm) => arm.name),
    rows,
  }
}

function ofFigure1(results: readonly RunResult[]): FigureWords {
  return {
    id: 'fig-1',
    title: 'Real against random data',
    caption:
      `${describeRuns(results)} m·α says how many examples a step for one example helps, itself included; at the orthogonal limit, 1, ` +
      'it helps nobody but itself. The paper: ResNet-50 on ImageNet, batch 4,096, learning rate 0.5, m = 50,000.',
  }
}

function evaluations(arm: Arm, what: 'loss' | 'accuracy'): Series[] {
  return arm.runs.flatMap((run) =>
    splits.map((split): Series => {
      const rows = run.evaluations.filter((row) => row.split === split && row.population === 'all')
      return { name: split, role: split, mark: 'line', points: rows.map((row) => [row.epoch, row[what]] as const) }
    }),
  )
}

type Along = (row: { epoch: number; trainingLoss: number }) => number

/** Whether the training loss comes back far above what it had fallen to, so that a line along it would tangle. */
function wanders({ coherence: rows }: RunResult): boolean {
  let least = Infinity
  return rows
    .filter((row) => row.scope === 'all' && row.split === 'train' && row.population === 'all')
    .flatMap(({ loss }) => loss ?? [])
    .some((loss) => {
      least = Math.min(least, loss)
      return loss > 1.5 * least
    })
}

function coherence(arm: Arm, x: Along, mark: Series['mark'] = 'line'): Series[] {
  return arm.runs.flatMap((run) => {
    const whole = run.coherence.filter((row) => row.scope === 'all' && row.population === 'all')
    const trainingLoss = new Map(whole.filter((row) => row.split === 'train').map((row) => [row.step, row.loss]))
    return splits.map((split): Series => {
      const rows = whole.filter((row) => row.split === split && trainingLoss.has(row.step))
      const points = rows.map(
        (row) => [x({ epoch: row.epoch, trainingLoss: trainingLoss.get(row.step)! }), row.mAlpha] as const,
      )
      return { name: split, role: split, mark, points }
    })
  })
}
