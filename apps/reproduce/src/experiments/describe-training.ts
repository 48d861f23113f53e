import { describeNetwork } from './describe-network.ts'
import type { RunResult } from '../run-result.ts'

const count = (n: number): string => n.toLocaleString('en')

/** Data, network and training of an experiment's runs in one sentence, for a caption. */
export function describeTraining(runs: readonly RunResult[]): string {
  const [first] = runs
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, model, training } = first.spec
  const network = describeNetwork(model)
  const seeds = new Set(runs.map((run) => run.spec.seed)).size
  return (
    `${count(data.train ?? 60_000)} images of MNIST, ${network}, SGD without momentum, batch ${training.batchSize}, ` +
    `learning rate ${training.learningRate}, ${count(training.steps)} steps, ${seeds} seed${seeds === 1 ? '' : 's'}.`
  )
}
