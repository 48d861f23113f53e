import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { finished } from '../finished.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { isProxy } from '../is-proxy.ts'
import { layerName, layersOf } from '../layers-of.ts'
import { overSeeds } from '../over-seeds.ts'
import { pairsBySeed } from '../pairs-by-seed.ts'
import { peakOf } from '../peak-of.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio } from '../words.ts'
import { ABOUT_ONE, judgeFirstConvolution, typicalCoherence } from './judge-first-convolution.ts'

/** "Comparable": within this factor of one another. */
const COMPARABLE = 3

/** What the text says of Figure 3. Layers are held together by the geometric mean over measurements after the transient. */
export function judgeLayers(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsBySeed(finished(results))
  const proxy = isProxy(results)
  const average = `geometric mean over the measurements after step ${TRANSIENT}`
  return [
    ...judgeFirstConvolution(pairs, proxy),
    judgeInterval({
      claim: 'On random images dense layers are not at the orthogonal limit',
      expected: `m·α of the dense layers before the last, ${average}, above ${ABOUT_ONE[1]}`,
      condition: { above: ABOUT_ONE[1] },
      evidence: overSeeds(pairs, ({ random }) =>
        geometricMean(hiddenDense(random).map((scope) => typicalCoherence(random, scope))),
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
      ...asRatio,
      proxy,
    }),
  ]
}

const dense = (run: RunResult): readonly string[] =>
  layersOf(run).filter((scope) => layerName(scope).startsWith('dense'))
const hiddenDense = (run: RunResult): readonly string[] => dense(run).slice(0, -1)
