import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { gapsOf, type Gap, type Gaps } from './gaps.ts'

/** The gap in loss, both losses and both accuracies against the number of examples, a row for each kind of data. */
export function drawGaps(results: readonly RunResult[], what: string): Figure {
  const all = gapsOf(results)
  const arms = (['real', 'random'] as const).filter((arm) => all.some((each) => each.arm === arm))
  return {
    id: 'gap-vs-m',
    title: 'The generalization gap by the number of examples',
    caption:
      `${what.replace(/^[\d,]+ images/, 'Images')} Every number of examples is trained on for the same number of steps. Random: every ` +
      'training label drawn anew. The gap is test less training loss. Every seed has its curve. The paper says this in a ' +
      'footnote to Theorem 1 and shows no figure.',
    rowLabels: arms.map((arm) => (arm === 'real' ? 'true labels' : 'random labels')),
    rows: arms.map((arm) => panelsOf(all.filter((each) => each.arm === arm))),
  }
}

function panelsOf(seeds: readonly Gaps[]): readonly Panel[] {
  const x = { label: 'training examples', scale: 'log' } as const
  const curves = (of: (gap: Gap) => number, series: Omit<Series, 'points' | 'mark'>): readonly Series[] =>
    seeds.map(({ gaps }) => ({
      ...series,
      mark: 'line-and-dots',
      points: gaps.map((gap) => [gap.examples, of(gap)] as const),
    }))
  const both = (of: Readonly<Record<'train' | 'test', (gap: Gap) => number>>): readonly Series[] =>
    (['train', 'test'] as const).flatMap((split) => curves(of[split], { name: split, role: split }))
  return [
    {
      title: 'Gap',
      x,
      y: { label: 'test − training loss', scale: 'log' },
      series: curves(({ testLoss, trainLoss }) => testLoss - trainLoss, { name: 'gap', role: 'neutral' }),
    },
    {
      title: 'Loss',
      x,
      y: { label: 'loss', scale: 'log' },
      series: both({ train: (gap) => gap.trainLoss, test: (gap) => gap.testLoss }),
    },
    {
      title: 'Accuracy',
      x,
      y: { label: 'accuracy', domain: [0, 1] },
      series: both({ train: (gap) => gap.trainAccuracy, test: (gap) => gap.testAccuracy }),
    },
  ]
}
