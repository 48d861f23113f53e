import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { DescentSpec } from '../../specs/descent-spec.ts'
import type { InitialisationSpec } from '../../specs/initialisation-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { farthestFrom } from '../farthest-from.ts'
import { lastOf, pointsOf } from '../quantities.ts'
import { rowsOf } from '../rows-of.ts'
import { EXTENTS, extentWords, gridName, MAIN, mainName } from './grids.ts'
import { mapOf, shareWon } from './map-of.ts'
import { LEARNING_RATES, ON_RANDOM, OURS, STARTS, startName } from './starts.ts'
import { percent } from '../words.ts'

type Rows = readonly QuantityRow[]

/** "Almost all". */
const ALMOST_ALL = 0.95
/** "Good generalization": this much of the loss of 0.5 at first is left on the fifth example. "Poor" is half of it and more. */
const GOOD = 0.05
const POOR = 0.25

const weight = (rows: Rows, name: string, item: string): number => lastOf(rows, name, 'weight', item)
const testLoss = (rows: Rows, name: string): number => lastOf(rows, name, 'loss', 'test')

/** What the text of Example 8 says, number by number, and what it says afterwards about coherence by layer. */
export function judgeTwoNeurons(
  results: readonly (RunResult<DescentSpec | InitialisationSpec> | undefined)[],
): readonly Verdict[] {
  const [descents, maps] = [rowsOf(results.slice(0, 1)), rowsOf(results.slice(1))]
  return [...judgeDescents(descents), ...judgeCoherence(descents), judgeShare(maps)]
}

function judgeDescents(rows: Rows | undefined): readonly Verdict[] {
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const alike = startName(STARTS.alike)
  const large = startName(STARTS.large)
  const between = startName(STARTS.between)
  return [
    judgeNumber({
      claim: 'From 0.01 for all weights that of the good neuron grows much more than that of the bad one',
      expected: 'w2 over w1 in the end, above 2',
      condition: { above: 2 },
      measured: of((all) => weight(all, alike, 'w2') / weight(all, alike, 'w1')),
    }),
    judgeNumber({
      claim: 'And the network generalises well',
      expected: `loss on the fifth example in the end, below ${GOOD} (0.5 at first)`,
      condition: { below: GOOD },
      measured: of((all) => testLoss(all, alike)),
    }),
    judgeNumber({
      claim: 'Even v1 … v4 grow faster than u1 … u4 (footnote 40)',
      expected: 'v1 over u1 in the end, above 1',
      condition: { above: 1 },
      measured: of((all) => weight(all, alike, 'v1') / weight(all, alike, 'u1')),
    }),
    ...STARTS.adversarial.map((w1) =>
      judgeNumber({
        claim: `With w1 from ${w1}, w2 from 0.01 surpasses it in the course of training`,
        expected: 'w2 less w1 in the end, above 0',
        condition: { above: 0 },
        measured: of((all) => weight(all, startName(w1), 'w2') - weight(all, startName(w1), 'w1')),
        note: rows && `Loss on the fifth example in the end ${testLoss(rows, startName(w1)).toFixed(3)}.`,
      }),
    ),
    judgeNumber({
      claim: 'From a large enough w1 it can’t',
      expected: `w2 less w1 in the end with w1 from ${STARTS.large}, below 0`,
      condition: { below: 0 },
      measured: of((all) => weight(all, large, 'w2') - weight(all, large, 'w1')),
      note:
        rows &&
        `The text says no number. From ${STARTS.between} w2 ends at ${weight(rows, between, 'w2').toFixed(2)}, w1 at ` +
          `${weight(rows, between, 'w1').toFixed(2)}, the loss on the fifth example at ${testLoss(rows, between).toFixed(3)}.`,
    }),
    judgeNumber({
      claim: 'Then the network generalises poorly',
      expected: `loss on the fifth example in the end with w1 from ${STARTS.large}, above ${POOR} (0.5 at first)`,
      condition: { above: POOR },
      measured: of((all) => testLoss(all, large)),
    }),
    judgeNumber({
      claim: `That w1 = ${STARTS.adversarial[1]} is overtaken doesn’t hang on the learning rate, which the text doesn’t give`,
      expected: `least of w2 less w1 in the end over learning rates ${LEARNING_RATES.join(', ')}, above 0`,
      condition: { above: 0 },
      measured: of((all) => Math.min(...LEARNING_RATES.map((rate) => lead(all, rate)))),
      note:
        rows &&
        `${LEARNING_RATES.map((rate) => `${lead(rows, rate).toFixed(3)} at ${rate}`).join(', ')}. Ours, not the paper’s.`,
    }),
  ]
}

function lead(rows: Rows, learningRate: number): number {
  const name = startName(STARTS.adversarial[1], learningRate)
  return weight(rows, name, 'w2') - weight(rows, name, 'w1')
}

function judgeCoherence(rows: Rows | undefined): readonly Verdict[] {
  const of = (measure: (rows: Rows) => number): number | undefined => (rows === undefined ? undefined : measure(rows))
  const starts = [STARTS.alike, ...STARTS.adversarial, STARTS.large].map((w1) => startName(w1))
  const highest = (all: Rows, item: string): number => Math.max(...mAlpha(all, ON_RANDOM, item))
  return [
    judgeNumber({
      claim: 'Both w1 and w2 have a component-wise α of 1 on any of these trajectories',
      expected: 'α of w1 and of w2, at the start and step where it is farthest off, 1',
      condition: { is: 1, tolerance: 1e-9 },
      measured: of((all) =>
        farthestFrom(
          1,
          starts.flatMap((name) => ['w1', 'w2'].flatMap((w) => pointsOf(all, name, 'α', w).map(([, value]) => value))),
        ),
      ),
      note: 'So coherence at a hidden layer alone can’t tell the neuron that generalises from the one that doesn’t.',
    }),
    judgeNumber({
      claim: 'On random data the upper layer is as coherent as can be',
      expected: 'm·α of w1 and w2 on M, where it is farthest off, 4',
      condition: { is: 4, tolerance: 1e-6 },
      measured: of((all) => farthestFrom(4, mAlpha(all, ON_RANDOM, 'layer:output'))),
      note: 'Of M, which nothing can generalise from: the fifth example’s loss stays near 0.5.',
    }),
    judgeNumber({
      claim: 'While the first layer is at the orthogonal limit',
      expected: 'm·α of u and v on M, where it is farthest off, 1',
      condition: { is: 1, tolerance: 1e-6 },
      measured: of((all) => farthestFrom(1, mAlpha(all, ON_RANDOM, 'layer:hidden'))),
      note: rows && `Over the whole network m·α is up to ${highest(rows, 'all').toFixed(2)}: an average hides it.`,
    }),
  ]
}

const mAlpha = (rows: Rows, name: string, item: string): readonly number[] =>
  pointsOf(rows, name, 'm·α', item).map(([, value]) => value)

function judgeShare(rows: Rows | undefined): Verdict {
  const share = (name: string): number => (rows === undefined ? Number.NaN : shareWon(mapOf(rows, name)))
  const [first, ...rest] = MAIN
  const others = [
    ...rest.map((extent) => `${extentWords(extent)} ${percent(share(mainName(extent)))}`),
    ...EXTENTS.map(
      (extent) =>
        `${extentWords(extent)} ${LEARNING_RATES.map((rate) => `${percent(share(gridName(extent, rate)))} at ${rate}`).join(', ')}`,
    ),
  ]
  return judgeNumber({
    claim: 'From almost all first weights the common feature weighs more in the output than any idiosyncratic one',
    expected: `share of first (w1, w2) in ${extentWords(first!)}, learning rate ${OURS}, above ${percent(ALMOST_ALL)}`,
    condition: { above: ALMOST_ALL },
    measured: rows === undefined ? undefined : share(mainName(first!)),
    words: percent,
    note: rows && `${others.join('; ')}.`,
    explanation:
      'The text gives neither the map’s extent nor the learning rate, and the share depends on the extent. The paper’s own would settle it.',
  })
}
