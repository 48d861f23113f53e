import type { Figure } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { ExpressivitySpec } from '../../specs/expressivity-spec.ts'
import { firstOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'

/** One network along its projection, and weights and rounding errors by the number of points. */
export function drawExpressivity(
  results: readonly (RunResult<ExpressivitySpec> | undefined)[],
  { sizes, inputs, drawn }: ExpressivitySpec,
): readonly Figure[] {
  const rows = rowsOf(results)
  if (rows === undefined) return []
  const values = (quantity: string): readonly number[] =>
    rows.filter((row) => row.series === 'drawn' && row.quantity === quantity).map(({ value }) => value)
  const [places, labels, output] = [values('place of point'), values('label'), values('output')]
  const points = places.map((place, i) => [place, labels[i]!] as const)
  return [
    {
      id: 'expressivity',
      title: 'Written down, not trained: a two-layer ReLU network through any points',
      caption:
        `Left, ${drawn} random points of ${inputs} numbers with random labels. Its first layer projects them onto a line; each of its ` +
        `${drawn} units then bends the output towards the next label. Right, what that takes: a weight for each input and two for each ` +
        'point.',
      rows: [
        [
          {
            title: `${drawn} points and the network between them`,
            x: { label: 'place on the line', domain: [0, 1] },
            y: { label: 'label', domain: [-0.5, 9.5] },
            series: [
              {
                name: 'network',
                role: 'neutral',
                mark: 'line',
                points: [...output.map((value, i) => [i / (output.length - 1), value] as const), ...points].toSorted(
                  ([one], [other]) => one - other,
                ),
              },
              { name: 'points', mark: 'dots', points },
            ],
          },
          {
            title: 'Weights',
            x: { label: 'points n', domain: [0, sizes.at(-1)!] },
            y: { label: 'weights', domain: [0, 2000] },
            series: [
              {
                name: '2n + d',
                role: 'neutral',
                mark: 'line',
                dash: true,
                points: sizes.map((n) => [n, 2 * n + inputs] as const),
              },
              {
                name: 'weights of the network',
                mark: 'dots',
                points: sizes.map((n) => [n, firstOf(rows, `n = ${n}`, 'weights')] as const),
              },
            ],
          },
        ],
      ],
    },
  ]
}
