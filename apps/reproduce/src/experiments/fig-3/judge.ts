import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { chanceLoss } from '../chance-loss.ts'
import { finished } from '../finished.ts'
import { geometricMean } from '../geometric-mean.ts'
import { isProxy } from '../is-proxy.ts'
import { layerName, layersOf } from '../layers-of.ts'
import { logRatiosAtEqualLoss } from '../log-ratios-at-equal-loss.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { pairsBySeed, type Pair } from '../pairs-by-seed.ts'
import { peakOf } from '../peak-of.ts'
import { settledCoherence } from '../settled-coherence.ts'
import { TRANSIENT } from '../transient.ts'
import { times } from '../words.ts'

/** "Approximately 1": between these. */
const ABOUT_ONE = [0.67, 1.5] as const
/** "Much lower" than on real data: by this factor. */
const MUCH = 2
/** "Comparable": within this factor of one another. */
const COMPARABLE = 3

/** What the text says of Figure 3. Layers are held together by the geometric mean over measurements after the transient. */
export function judgeLayers(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsBySeed(finished(results))
  const proxy = isProxy(results)
  const average = `geometric mean over the measurements after step ${TRANSIENT}`
  return [
    judgeInterval({
      claim: 'On random images the gradients of the first convolution are about orthogonal',
      expected: `m·α of the first convolution, ${average}, from ${ABOUT_ONE[0]} to ${ABOUT_ONE[1]}`,
      condition: { within: ABOUT_ONE },
      evidence: overSeeds(pairs, ({ random }) => meanOf(random, firstConvolution(random))),
      proxy,
      ...noteBySeed(pairs, ({ random }) => layersInWords(random)),
    }),
    judgeInterval({
      claim: 'And only on random images: on real ones the first convolution is not at the orthogonal limit',
      expected: `the same on real images, above ${ABOUT_ONE[1]}`,
      condition: { above: ABOUT_ONE[1] },
      evidence: overSeeds(pairs, ({ real }) => meanOf(real, firstConvolution(real))),
      proxy,
      ...noteBySeed(pairs, ({ real }) => layersInWords(real)),
    }),
    judgeInterval({
      claim: 'While the loss falls, the first convolution is much less coherent on random images than on real ones',
      expected: `m·α of the first convolution at equal training loss on real images at least ${MUCH} times that on random ones`,
      condition: { above: MUCH },
      evidence: overSeeds(pairs, ratioOfFirst),
      words: times,
      proxy,
    }),
    judgeInterval({
      claim: 'On random images dense layers are not at the orthogonal limit',
      expected: `m·α of the dense layers before the last, ${average}, above ${ABOUT_ONE[1]}`,
      condition: { above: ABOUT_ONE[1] },
      evidence: overSeeds(pairs, ({ random }) =>
        geometricMean(hiddenDense(random).map((scope) => meanOf(random, scope))),
      ),
      proxy,
    }),
    judgeInterval({
      claim: 'In dense layers coherence is comparable between real and random images',
      expected: `peak m·α of the dense layers on real over that on random images, geometric mean, within a factor of ${COMPARABLE}`,
      condition: { within: [1 / COMPARABLE, COMPARABLE] },
      evidence: overSeeds(pairs, ({ real, random }) =>
        geometricMean(dense(real).map((scope) => peakOf(real, scope).mAlpha / peakOf(random, scope).mAlpha)),
      ),
      words: times,
      proxy,
    }),
  ]
}

/** Of a network that begins with a convolution, as AlexNet does. */
const firstConvolution = (run: RunResult): string => layersOf(run)[0] ?? ''
const dense = (run: RunResult): readonly string[] =>
  layersOf(run).filter((scope) => layerName(scope).startsWith('dense'))
const hiddenDense = (run: RunResult): readonly string[] => dense(run).slice(0, -1)

function meanOf(run: RunResult, scope: string): number {
  const values = settledCoherence(run, scope).map((row) => row.mAlpha)
  return geometricMean(values.filter((value) => value > 0))
}

function ratioOfFirst({ real, random }: Pair): number {
  const logs = logRatiosAtEqualLoss(real, random, firstConvolution(real), chanceLoss(real))
  return geometricMean(logs.map(Math.exp))
}

function layersInWords(run: RunResult): string {
  return layersOf(run)
    .map((scope) => `${layerName(scope)} ${meanOf(run, scope).toFixed(1)}`)
    .join(', ')
}
