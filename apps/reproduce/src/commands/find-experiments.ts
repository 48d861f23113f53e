import { array as A, either as E } from 'fp-ts'
import { experiments } from '../experiments/index.ts'
import type { Experiment } from '../experiment.ts'
import type { RunSpec } from '../run-spec.ts'
import { findExperiment, type UsageFailure } from './find-experiment.ts'

/** The experiments of some ids, of none all of them. */
export function findExperiments(ids: readonly string[]): E.Either<UsageFailure, readonly Experiment<RunSpec>[]> {
  return ids.length === 0 ? E.right(experiments) : A.traverse(E.Applicative)(findExperiment)([...ids])
}
