import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Figure, Panel, Series } from '../figure/figure.ts'
import type { Verdict } from '../verdict.ts'
import { judgeNumber } from '../verdict/judge-number.ts'
import { lastOf, pointsOf, upTo } from './quantities.ts'

type Rows = readonly QuantityRow[]

/** A rule that takes weak directions away, held against one that doesn't: descents on L and M by both. */
export interface Suppression {
  readonly id: string
  readonly title: string
  readonly caption: string
  /** What the columns are called, and the series `L, <name>` and `M, <name>` in the table. */
  readonly plain: string
  readonly robust: string
}

/** By then all is fitted that will be. */
const LAST = 150
const sets = ['L', 'M'] as const
const own = ['w1', 'w2', 'w3', 'w4', 'w5'] as const
const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs))

/** Losses and weights on L and M by both rules. */
export function drawSuppression(rows: Rows, { id, title, caption, plain, robust }: Suppression): Figure {
  const losses = (set: string, rule: string): Panel => ({
    title: `Loss, ${rule}`,
    x: { label: 'step', domain: [0, LAST] },
    y: { label: 'loss', domain: [0, 0.6] },
    series: (['test', 'train'] as const).map((split): Series => ({
      name: split === 'train' ? 'training loss' : 'loss on the fifth example',
      role: split,
      mark: 'line',
      ...(split === 'train' ? { dash: true } : {}),
      points: upTo(LAST, pointsOf(rows, `${set}, ${rule}`, 'loss', split)),
    })),
  })
  const weights = (set: string, rule: string): Panel => ({
    title: `Weights, ${rule}`,
    x: { label: 'step', domain: [0, LAST] },
    y: { label: 'weight', domain: [0, 1.2] },
    series: [
      {
        name: 'w6, common feature',
        mark: 'line',
        points: upTo(LAST, pointsOf(rows, `${set}, ${rule}`, 'weight', 'w6')),
      },
      {
        name: 'w1, one example’s own',
        mark: 'line',
        dash: true,
        points: upTo(LAST, pointsOf(rows, `${set}, ${rule}`, 'weight', 'w1')),
      },
    ],
  })
  return {
    id,
    title,
    caption,
    rowLabels: ['L (“real”)', 'M (“random”)'],
    rows: sets.map((set) => [losses(set, plain), weights(set, plain), losses(set, robust), weights(set, robust)]),
  }
}

/** Whether the rule leaves nothing of the weak directions, and no gap. */
export function judgeSuppression(rows: Rows | undefined, { plain, robust }: Suppression): readonly Verdict[] {
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const gaps = (all: Rows, set: string, rule: string): readonly number[] => {
    const train = pointsOf(all, `${set}, ${rule}`, 'loss', 'train')
    return pointsOf(all, `${set}, ${rule}`, 'loss', 'test').map(([, value], at) => value - train[at]![1])
  }
  return [
    ...sets.map((set) =>
      judgeNumber({
        claim: `${capital(robust)} leaves no generalization gap on ${set === 'L' ? '“real” (L)' : '“random” (M)'}`,
        expected: 'largest |test − training loss| at any step',
        condition: { is: 0, tolerance: 1e-12 },
        measured: of((all) => largest(gaps(all, set, robust))),
        note: rows && `By ${plain} the gap ends at ${gaps(rows, set, plain).at(-1)!.toFixed(4)}.`,
      }),
    ),
    judgeNumber({
      claim: `${capital(robust)} takes the weak directions away completely, on both`,
      expected: 'largest weight of a feature that one example alone has, at any step',
      condition: { is: 0, tolerance: 0 },
      measured: of((all) =>
        largest(
          sets.flatMap((set) =>
            own.flatMap((w) => pointsOf(all, `${set}, ${robust}`, 'weight', w).map(([, value]) => value)),
          ),
        ),
      ),
    }),
    judgeNumber({
      claim: 'On L it still learns what the examples share',
      expected: 'loss on the fifth example in the end, below 10⁻⁶',
      condition: { below: 1e-6 },
      measured: of((all) => lastOf(all, `L, ${robust}`, 'loss', 'test')),
    }),
    judgeNumber({
      claim: 'On M it closes the gap by learning nothing',
      expected: 'training loss in the end, as at w = 0',
      condition: { is: 0.5, tolerance: 1e-12 },
      measured: of((all) => lastOf(all, `M, ${robust}`, 'loss', 'train')),
    }),
  ]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
