import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { isProxy } from '../is-proxy.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { asRatio, percent } from '../words.ts'
import { noiseScaleOf, noiseScalesOf, stepsBy, TARGET, type SeedScale } from './noise-scales.ts'

/** "Follow": no batch size is farther from the curve than this. */
const OFF = 0.25
/** How well B_simple may stand for B_noise, in which a step's curvature counts: to a factor. */
const FACTOR = 3
/** How far off the foretold steps of the smallest batch may be, to a factor. */
const FORETOLD = 2
/** "Hardly": the share of steps that is left with the largest batch, of those with the size before it. */
const HARDLY = 0.75
/** "Grows": the noise scale of the second half of the way over that of the first. */
const GROWS = 2

/** What the noise scale says of batch sizes, held against steps. */
export function judgeNoiseScale(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const all = noiseScalesOf(results)
  const proxy = isProxy(results)
  return [
    judgeInterval({
      claim: `Steps to a training loss of ${TARGET} follow S(B) = S_min (1 + B_noise/B)`,
      expected: `the steps of no batch size farther than ${percent(OFF)} from the curve that is fitted to them`,
      condition: { below: OFF },
      evidence: overSeeds(all, farthest),
      words: percent,
      proxy,
      ...noteBySeed(all, stepsInWords),
    }),
    judgeInterval({
      claim: 'The batch size that doubles the steps is what α says: B_noise = (1 − α)/α, on the way to the target',
      expected: `(1 − α)/α over the fitted B_noise, from 1/${FACTOR} to ${FACTOR}`,
      condition: { within: [1 / FACTOR, FACTOR] },
      evidence: overSeeds(all, ({ predicted, fitted }) => predicted.noiseScale / fitted.noiseScale),
      ...asRatio,
      proxy,
      ...noteBySeed(
        all,
        ({ predicted, fitted }) => `${inWords(predicted.noiseScale)} by α, ${inWords(fitted.noiseScale)} by steps`,
      ),
    }),
    judgeInterval({
      claim: 'One run with a large batch and its α foretell the steps of the smallest',
      expected: `steps with the smallest batch over those foretold, from 1/${FORETOLD} to ${FORETOLD}`,
      condition: { within: [1 / FORETOLD, FORETOLD] },
      evidence: overSeeds(all, ({ best, predicted }) => best[0]!.steps / stepsBy(predicted, best[0]!.batchSize)),
      ...asRatio,
      proxy,
    }),
    judgeInterval({
      claim: 'Beyond B_noise, larger batches hardly help',
      expected: `steps with the largest batch over those with the size before it, above ${HARDLY}`,
      condition: { above: HARDLY },
      evidence: overSeeds(all, ({ best }) => best.at(-1)!.steps / best.at(-2)!.steps),
      ...asRatio,
      proxy,
    }),
    judgeInterval({
      claim: 'The noise scale grows as the loss falls',
      expected: `(1 − α)/α of the second half of the way to the target over that of the first, above ${GROWS}`,
      condition: { above: GROWS },
      evidence: overSeeds(all, growth),
      ...asRatio,
      proxy,
    }),
  ]
}

const inWords = (x: number): string => (Number.isFinite(x) ? x.toPrecision(3) : 'without bound')

function farthest({ best, fitted }: SeedScale): number {
  return Math.max(...best.map(({ batchSize, steps }) => Math.abs(stepsBy(fitted, batchSize) / steps - 1)))
}

function growth({ along }: SeedScale): number {
  const half = Math.ceil(along.length / 2)
  return noiseScaleOf(along.slice(half)) / noiseScaleOf(along.slice(0, half))
}

function stepsInWords({ best }: SeedScale): string {
  return best
    .map(({ batchSize, steps, learningRate }) => `${Math.round(steps)} with ${batchSize} at rate ${learningRate}`)
    .join(', ')
}
