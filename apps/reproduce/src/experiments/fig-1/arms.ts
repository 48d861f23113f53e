import { describeNetwork } from '../describe-network.ts'
import type { RunResult } from '../../run-result.ts'

/** The runs of one arm, a run for each seed. */
export interface Arm {
  readonly name: string
  readonly runs: readonly RunResult[]
}

/** Groups runs by arm, in the order in which the arms first appear. */
export function armsOf(results: readonly RunResult[]): readonly Arm[] {
  const names = [...new Set(results.map((result) => result.spec.arm))]
  return names.map((name) => ({ name, runs: results.filter((result) => result.spec.arm === name) }))
}

/** What was trained on what, in a sentence or two for a caption. */
export function describeRuns(results: readonly RunResult[]): string {
  const [first] = results
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, model, training, measure } = first.spec
  const network = describeNetwork(model)
  const seeds = new Set(results.map((result) => result.spec.seed)).size
  const noise = results.map((result) => result.spec.data.noise.kind)
  const random = noise.includes('gaussian-images')
    ? ' “random”: every image replaced by Gaussian noise of the data’s mean and variance, labels kept.'
    : noise.includes('labels')
      ? ' “random labels”: every training label drawn anew.'
      : ''
  return (
    `${(data.train ?? 60_000).toLocaleString('en')} images of MNIST, ${network}, SGD without momentum, batch ${training.batchSize}, learning rate ` +
    `${training.learningRate}, ${seeds} seed${seeds === 1 ? '' : 's'}, m = ${measure.examples.toLocaleString('en')}.${random}`
  )
}
