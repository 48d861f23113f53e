import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { experiments } from '../experiments/index.ts'
import type { Experiment } from '../experiment.ts'
import type { RunSpec } from '../run-spec.ts'
import { didYouMean } from '../text/did-you-mean.ts'

/** A command line that names what isn't there: exit code 2. */
export type UsageFailure =
  | Failure<'UnknownExperiment'>
  | Failure<'UnknownSetting'>
  | Failure<'UnknownScale'>
  | Failure<'NoOwnRule'>

/** The experiment of an id. */
export function findExperiment(id: string): E.Either<UsageFailure, Experiment<RunSpec>> {
  const found = experiments.find((experiment) => experiment.id === id)
  if (found) return E.right(found)
  const ids = experiments.map((experiment) => experiment.id)
  const message = `unknown experiment '${id}': ${didYouMean(id, ids) ?? `choose ${ids.join(', ')}`} (reproduce list describes them)`
  return E.left({ _tag: 'UnknownExperiment', message })
}
