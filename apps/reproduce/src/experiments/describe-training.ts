import { describeNetwork } from './describe-network.ts'
import type { RunResult } from '../run-result.ts'

const count = (n: number): string => n.toLocaleString('en')

/** What captions call a data set, and how many training examples it has. */
const known: Readonly<Record<string, readonly [title: string, train: number]>> = {
  mnist: ['MNIST', 60_000],
  cifar10: ['CIFAR-10', 50_000],
  imagenet: ['ImageNet', 1_281_167],
}

/** Data, network and training of an experiment's runs in one sentence, for a caption. */
export function describeTraining(runs: readonly RunResult[]): string {
  const [first] = runs
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, model } = first.spec
  const network = describeNetwork(model)
  const seeds = new Set(runs.map((run) => run.spec.seed)).size
  const [title, all] = known[data.dataset] ?? [data.dataset, undefined]
  const examples = data.train ?? all
  return (
    `${examples === undefined ? 'Images' : `${count(examples)} images`} of ${title}, ${network}, ` +
    `${stepsOf(runs)}, ${seeds} seed${seeds === 1 ? '' : 's'}.`
  )
}

/** How steps are made; every value where runs differ. */
function stepsOf(runs: readonly RunResult[]): string {
  const each = (of: (training: RunResult['spec']['training']) => number): string =>
    listed([...new Set(runs.map(({ spec }) => of(spec.training)))].toSorted((a, b) => a - b))
  const whole = runs.every(({ spec: { data, training } }) => data.train === training.batchSize)
  const batches = whole
    ? 'gradient descent on the whole set at once'
    : `SGD without momentum, batch ${each((training) => training.batchSize)}`
  return `${batches}, learning rate ${each((training) => training.learningRate)}, ${each((training) => training.steps)} steps`
}

/** `3, 12 or 96` */
function listed(values: readonly number[]): string {
  const words = values.map(count)
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
