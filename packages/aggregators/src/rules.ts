import type { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { makeCentredClipping } from './centred-clipping.ts'
import { makeCoherenceWeighting } from './coherence-weighting.ts'
import { makeCoordinateMedian } from './coordinate-median.ts'
import type { InvalidOption } from './failures.ts'
import { makeGeometricMedian } from './geometric-median.ts'
import { makeGradientAgreement } from './gradient-agreement.ts'
import { makeKrum } from './krum.ts'
import { makeMeanAroundMedian } from './mean-around-median.ts'
import { makeMeanOfMeans } from './mean-of-means.ts'
import { makeMean } from './mean.ts'
import { makeMedianOfMeans } from './median-of-means.ts'
import type { RuleOptions } from './parse-options.ts'
import { makeRollingMean } from './rolling-mean.ts'
import { makeRollingMedian } from './rolling-median.ts'
import { makeSignAgreement } from './sign-agreement.ts'
import { makeSmallLoss } from './small-loss.ts'
import { makeSnrGate } from './snr-gate.ts'
import { makeTrimmedMean } from './trimmed-mean.ts'
import { makeWinsorizedMean } from './winsorized-mean.ts'

/** A rule as a spec names it, and how it is made from the spec's other fields. */
export interface Rule {
  readonly rule: string
  make(options: RuleOptions): E.Either<InvalidOption, Aggregator>
  /** Options to try it with on a batch of 24 examples: over examples, as far as it has such rows, and over micro-batches. */
  readonly examples: readonly RuleOptions[]
}

/** Every rule. Adding one is its file, its test, and a line here. */
export const rules: readonly Rule[] = [
  { rule: 'mean', make: makeMean, examples: [{}] },
  { rule: 'winsorized-mean', make: makeWinsorizedMean, examples: [{ percent: 8 }, { count: 1, groups: 8 }] },
  { rule: 'coordinate-median', make: makeCoordinateMedian, examples: [{ groups: 4 }] },
  { rule: 'median-of-means', make: makeMedianOfMeans, examples: [{ groups: 3 }] },
  { rule: 'mean-of-means', make: makeMeanOfMeans, examples: [{ groups: 4 }] },
  { rule: 'rolling-median', make: makeRollingMedian, examples: [{}] },
  { rule: 'rolling-mean', make: makeRollingMean, examples: [{}] },
  { rule: 'small-loss', make: makeSmallLoss, examples: [{ drop: 0.25 }] },
  { rule: 'centred-clipping', make: makeCentredClipping, examples: [{ radius: 1 }, { radius: 1, groups: 4 }] },
  { rule: 'coherence-weighting', make: makeCoherenceWeighting, examples: [{}, { groups: 4 }] },
  { rule: 'geometric-median', make: makeGeometricMedian, examples: [{}, { groups: 4 }] },
  {
    rule: 'gradient-agreement',
    make: makeGradientAgreement,
    examples: [{ threshold: 1 }, { threshold: 0.95, groups: 4 }],
  },
  {
    rule: 'krum',
    make: makeKrum,
    examples: [
      { byzantine: 2, keep: 16 },
      { byzantine: 1, groups: 8 },
    ],
  },
  { rule: 'mean-around-median', make: makeMeanAroundMedian, examples: [{ count: 4 }, { count: 1, groups: 4 }] },
  { rule: 'sign-agreement', make: makeSignAgreement, examples: [{ threshold: 0.3 }, { threshold: 0.5, groups: 4 }] },
  { rule: 'snr-gate', make: makeSnrGate, examples: [{}, { groups: 4 }] },
  { rule: 'trimmed-mean', make: makeTrimmedMean, examples: [{ count: 4 }, { count: 1, groups: 8 }] },
]
