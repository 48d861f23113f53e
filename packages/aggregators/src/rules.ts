import type { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { makeCoordinateMedian } from './coordinate-median.ts'
import type { InvalidOption } from './failures.ts'
import { makeMean } from './mean.ts'
import { makeMeanOfMeans } from './mean-of-means.ts'
import { makeMedianOfMeans } from './median-of-means.ts'
import type { RuleOptions } from './parse-options.ts'
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
]
