import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { chanceLoss } from '../chance-loss.ts'
import { overshooting } from '../overshooting.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { layerName, layersOf } from '../layers-of.ts'
import { logRatiosAtEqualLoss } from '../log-ratios-at-equal-loss.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import type { Pair } from '../pairs-by-seed.ts'
import { settledCoherence } from '../settled-coherence.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio } from '../words.ts'

/** "Approximately 1": between these. */
export const ABOUT_ONE = [0.67, 1.5] as const
/** "Much lower" than on real data: by this factor. */
const MUCH = 2

/** What the text says of the first convolution, in Figure 3 and, over the whole training set, in Figure 19. */
export function judgeFirstConvolution(pairs: readonly Pair[], proxy: boolean): readonly Verdict[] {
  const average = `geometric mean over the measurements after step ${TRANSIENT}`
  return [
    judgeInterval({
      claim: 'On random images the gradients of the first convolution are about orthogonal',
      expected: `m·α of the first convolution, ${average}, from ${ABOUT_ONE[0]} to ${ABOUT_ONE[1]}`,
      condition: { within: ABOUT_ONE },
      explanation: overshooting(pairs.map(({ random }) => random)),
      evidence: overSeeds(pairs, ({ random }) => typicalCoherence(random, firstConvolution(random))),
      proxy,
      ...noteBySeed(pairs, ({ random }) => layersInWords(random)),
    }),
    judgeInterval({
      claim: 'And only on random images: on real ones the first convolution is not at the orthogonal limit',
      expected: `the same on real images, above ${ABOUT_ONE[1]}`,
      condition: { above: ABOUT_ONE[1] },
      evidence: overSeeds(pairs, ({ real }) => typicalCoherence(real, firstConvolution(real))),
      proxy,
      ...noteBySeed(pairs, ({ real }) => layersInWords(real)),
    }),
    judgeInterval({
      claim: 'While the loss falls, the first convolution is much less coherent on random images than on real ones',
      expected: `m·α of the first convolution at equal training loss on real images at least ${MUCH} times that on random ones`,
      condition: { above: MUCH },
      evidence: overSeeds(pairs, ratioOfFirst),
      ...asRatio,
      proxy,
    }),
  ]
}

/** Geometric mean of a scope's m·α after the first transient. */
export function typicalCoherence(run: RunResult, scope: string): number {
  const values = settledCoherence(run, scope).map((row) => row.mAlpha)
  return geometricMean(values.filter((value) => value > 0))
}

/** Of a network that begins with a convolution, as AlexNet does. */
const firstConvolution = (run: RunResult): string => layersOf(run)[0] ?? ''

function ratioOfFirst({ real, random }: Pair): number {
  const logs = logRatiosAtEqualLoss(real, random, firstConvolution(real), chanceLoss(real))
  return geometricMean(logs.map(Math.exp))
}

function layersInWords(run: RunResult): string {
  return layersOf(run)
    .map((scope) => `${layerName(scope)} ${typicalCoherence(run, scope).toFixed(1)}`)
    .join(', ')
}
