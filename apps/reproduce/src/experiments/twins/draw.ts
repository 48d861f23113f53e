import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { TwinsSpec } from '../../specs/twins-spec.ts'
import { pointsOf } from '../quantities.ts'
import { byNoise, noiseOf, outcomeOf, type Rung } from './outcomes.ts'
import { mean } from '../../statistics/mean.ts'

/** The inequalities of the proof, between two of its rungs. */
const steps: readonly (readonly [name: string, from: Rung, to: Rung])[] = [
  ['growth by 1 + ηβ a step', 'distance', 'growth'],
  ['L for the loss', 'loss', 'distance'],
  ['Lemma 6 for the gradients', 'growth', 'lemma 6'],
  ['L for a gradient’s length', 'lemma 6', 'theorem 1'],
]

const percent = (share: number): string => `${100 * share}%`

/** The ladder of the proof by label noise, stability beside the gap along training, and divergence by α. */
export function drawTwins(results: readonly RunResult<TwinsSpec>[]): readonly Figure[] {
  const [first] = results
  if (first === undefined) return []
  const outcomes = results.map(outcomeOf)
  const levels = byNoise(outcomes)
  const line = (name: string, of: (level: (typeof levels)[number][1]) => number): Series => ({
    name,
    mark: 'line-and-dots',
    points: levels.map(([noise, level]) => [100 * noise, of(level)]),
  })
  // The growth is hundreds of orders, the others one or two: on one axis they would be lines on top of each other.
  const given = steps.map(([name, from, to]) =>
    line(name, (level) => mean(level.map(({ logs }) => (logs[to] - logs[from]) / Math.LN10))),
  )
  const losses = results.flatMap(({ quantities, spec }) =>
    (['stability', 'gap'] as const).flatMap((of) => pointsOf(quantities, spec.arm, of).map(([, value]) => value)),
  )
  const lossDomain = [Math.min(0, ...losses), Math.max(...losses)] as const
  const shown = new Set([levels[0]![0], levels[levels.length >> 1]![0], levels.at(-1)![0]])
  const { train } = first.spec.data
  return [
    {
      id: 'twins',
      title: 'Twins that differ in one example: where Theorem 1 is loose',
      caption:
        `${train} MNIST images, a network of ${'hidden' in first.spec.model ? first.spec.model.hidden.join(', ') : 'no'} hidden units, ` +
        `${first.spec.twins} twins a run; L and β are the largest that were found along the way. The paper has no such figure.`,
      rows: [
        [
          {
            title: 'what the growth gives away',
            x: { label: 'labels drawn anew, %' },
            y: { label: 'orders of magnitude', ...fromZero(given.slice(0, 1)) },
            series: given.slice(0, 1),
          },
          {
            title: 'what the other steps of the proof do',
            x: { label: 'labels drawn anew, %' },
            y: { label: 'orders of magnitude' },
            series: given.slice(1),
            rules: [{ y: 0, label: 'nothing' }],
          },
          {
            title: 'how far twins are apart at the end, by α',
            x: { label: 'α, debiased, mean over the run', domain: around(outcomes.map(({ alpha }) => alpha)) },
            y: { label: 'distance of the weights' },
            series: levels.map(([noise, level]) => ({
              name: `${percent(noise)} noise`,
              mark: 'dots' as const,
              points: level.map(({ alpha, distance }) => [alpha, distance] as const),
            })),
          },
        ],
        [...shown].map((noise) => ({
          title: `stability and gap, ${percent(noise)} noise`,
          x: { label: 'step' },
          y: { label: 'loss', domain: lossDomain },
          series: (['stability', 'gap'] as const).map((quantity) => ({
            name: quantity,
            mark: 'line' as const,
            dash: quantity === 'gap',
            points: meanPoints(
              results.filter(({ spec }) => noiseOf(spec) === noise),
              quantity,
            ),
          })),
        })),
      ],
    },
  ]
}

/** Room on both sides, so that no dot lies on the frame. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = 0.05 * (high - low) || 0.001
  return [low - room, high + room]
}

function fromZero(series: readonly Series[]): { readonly domain: readonly [number, number] } {
  return { domain: [0, 1.1 * Math.max(1, ...series.flatMap(({ points }) => points.map(([, y]) => y)))] }
}

/** The mean over runs, step by step. */
function meanPoints(
  results: readonly RunResult<TwinsSpec>[],
  quantity: string,
): readonly (readonly [number, number])[] {
  const all = results.map(({ quantities, spec }) => new Map(pointsOf(quantities, spec.arm, quantity)))
  return [...(all[0]?.keys() ?? [])].map((step) => [step, mean(all.map((points) => points.get(step) ?? Number.NaN))])
}
