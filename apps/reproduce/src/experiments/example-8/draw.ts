import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import type { InitialisationSpec } from '../../specs/initialisation-spec.ts'
import { pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { EXTENTS, extentWords, gridName, MAIN, mainName } from './grids.ts'
import { mapOf, shareWon } from './map-of.ts'
import { LEARNING_RATES, OURS, STARTS, startName } from './starts.ts'

type Rows = readonly QuantityRow[]

const x = { label: 'step', domain: [0, 100] } as const
const percent = (share: number): string => `${(100 * share).toFixed(0)}%`

/** The descents, the maps of first weights, and the maps at other extents and learning rates. */
export function drawTwoNeurons(
  results: readonly (RunResult<DescentSpec | InitialisationSpec> | undefined)[],
): readonly Figure[] {
  const [descents, maps] = results.map((result) => rowsOf([result]))
  return [
    ...(descents === undefined ? [] : [drawDescents(descents)]),
    ...(maps === undefined ? [] : [drawMaps(maps), drawExtents(maps)]),
  ]
}

function drawDescents(rows: Rows): Figure {
  const columns = [STARTS.alike, ...STARTS.adversarial, STARTS.large].map((w1) => ({
    name: startName(w1),
    title: w1 === STARTS.alike ? 'All weights from 0.01' : `w1 from ${w1}`,
  }))
  return {
    id: 'example-8',
    title: 'The weights of a good neuron (w2) and of a bad one (w1)',
    caption:
      `On L, learning rate ${OURS}, which is our choice: the paper gives none. All weights start at 0.01 but for w1 where it ` +
      'is said. Only the good neuron sees the common feature. m·α is at most 4, for the two weights of the output as for all; ' +
      'theirs is 4 throughout, of either weight, whether the network generalises or not.',
    rows: [
      columns.map(({ name, title }): Panel => ({
        title,
        x,
        y: { label: 'weight', domain: [0, 1.6] },
        series: [
          { name: 'w2, good neuron', mark: 'line', points: pointsOf(rows, name, 'weight', 'w2') },
          { name: 'w1, bad neuron', mark: 'line', points: pointsOf(rows, name, 'weight', 'w1') },
        ],
      })),
      columns.map(({ name }): Panel => ({
        title: '',
        x,
        y: { label: 'loss', domain: [0, 0.6] },
        series: (['train', 'test'] as const).map((split): Series => ({
          name: split === 'train' ? 'training loss' : 'loss on the fifth example',
          role: split,
          mark: 'line',
          points: pointsOf(rows, name, 'loss', split),
        })),
      })),
      columns.map(({ name }): Panel => ({
        title: '',
        x,
        y: { label: 'm·α', domain: [0, 4.5] },
        series: [
          { name: 'm·α of all weights', role: 'neutral', mark: 'line', points: pointsOf(rows, name, 'm·α', 'all') },
          {
            name: 'of w1 and w2 alone',
            role: 'neutral',
            mark: 'line',
            dash: true,
            points: pointsOf(rows, name, 'm·α', 'layer:output'),
          },
        ],
        rules: [{ y: 1, label: 'orthogonal limit' }],
      })),
    ],
  }
}

/** A map of the final test loss with the border of where the common feature wins. */
function mapPanel(rows: Rows, series: string, title: string, extent: readonly [number, number]): Panel {
  const map = mapOf(rows, series)
  const { middles, testLoss, commonWins } = map
  const n = middles.length
  const step = middles[1]! - middles[0]!
  const border = middles.flatMap((w1, i) =>
    middles
      .slice(1)
      .flatMap((w2, below) =>
        commonWins[below * n + i] === commonWins[(below + 1) * n + i] ? [] : [[w1, w2 - step / 2] as const],
      ),
  )
  return {
    title: `${title}: ${percent(shareWon(map))}`,
    x: { label: 'w1 at first (bad neuron)', domain: extent },
    y: { label: 'w2 at first (good neuron)', domain: extent },
    heat: { x: middles, y: middles, values: testLoss, label: 'loss on the fifth example in the end', domain: [0, 0.5] },
    series: [{ name: 'border of where the common feature weighs most', role: 'neutral', mark: 'dots', points: border }],
  }
}

const what =
  'Loss on the fifth example after the training loss is negligible, from every pair of first weights; all others start at ' +
  '0.01. Beyond the dotted border, with w2 large, the common feature weighs more in the output than any other; above each map is ' +
  'the share of starts from which it does.'

function drawMaps(rows: Rows): Figure {
  return {
    id: 'example-8-initialisations',
    title: 'From which first weights does the good neuron win?',
    caption: `${what} Learning rate ${OURS}. Where the border lies doesn’t depend on how much of the plane is shown, but the share does.`,
    rows: [MAIN.map((extent) => mapPanel(rows, mainName(extent), `First weights in ${extentWords(extent)}`, extent))],
  }
}

function drawExtents(rows: Rows): Figure {
  return {
    id: 'example-8-extents',
    title: 'What the share depends on: the map’s extent, and the learning rate only where it is too large',
    caption: `${what} White: the descent diverges; beside it, it bounces before it settles.`,
    rowLabels: EXTENTS.map(extentWords),
    rows: EXTENTS.map((extent) =>
      LEARNING_RATES.map((rate) => mapPanel(rows, gridName(extent, rate), `Learning rate ${rate}`, extent)),
    ),
  }
}
