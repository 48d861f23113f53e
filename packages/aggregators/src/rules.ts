import type { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
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
}

/** Every rule. Adding one is its file, its test, and a line here. */
export const rules: readonly Rule[] = [
  { rule: 'mean', make: makeMean },
  { rule: 'winsorized-mean', make: makeWinsorizedMean },
  { rule: 'coordinate-median', make: makeCoordinateMedian },
  { rule: 'median-of-means', make: makeMedianOfMeans },
  { rule: 'mean-of-means', make: makeMeanOfMeans },
  { rule: 'rolling-median', make: makeRollingMedian },
  { rule: 'rolling-mean', make: makeRollingMean },
  { rule: 'small-loss', make: makeSmallLoss },
  { rule: 'coherence-weighting', make: makeCoherenceWeighting },
  { rule: 'geometric-median', make: makeGeometricMedian },
  { rule: 'gradient-agreement', make: makeGradientAgreement },
  { rule: 'krum', make: makeKrum },
  { rule: 'mean-around-median', make: makeMeanAroundMedian },
  { rule: 'sign-agreement', make: makeSignAgreement },
  { rule: 'snr-gate', make: makeSnrGate },
  { rule: 'trimmed-mean', make: makeTrimmedMean },
]
