import { labelDoubts } from '@coherent-gradients/coherence'
import { derive, type Failure, type Key, type Split } from '@coherent-gradients/core'
import { readLabels } from '@coherent-gradients/datasets'
import { atSteps, type Probe } from '@coherent-gradients/training'
import { either as E } from 'fp-ts'
import { exampleMeasures, type ExampleMeasures } from './example-measures.ts'
import { networkFor, trainNetwork, type NetworkSpec } from './network.ts'
import type { Criterion, ScoredExamples } from './scores.ts'
import { unseenProbabilities } from './unseen-probabilities.ts'

export interface ScoringSpec {
  readonly network: NetworkSpec
  /** Epochs of the network whose gradients, losses and margins are looked at. */
  readonly epochs: number
  /** Networks for confident learning, each trained for the early epochs on what is not in its fold. */
  readonly folds: number
}

/** The epoch that counts as early: right labels are learned by then, and few wrong ones. */
const EARLY = 4

/** After how many epochs the examples are looked at: within the first, after it, and each at twice the one before; at the end. */
export function looks(epochs: number): readonly number[] {
  const found: number[] = [1 / 3]
  for (let epoch = 1; epoch < epochs; epoch *= 2) found.push(epoch)
  return [...found, epochs]
}

/** Examples that pass through a network in all, training and looking: what progress is counted in. */
export function workOf(examples: number, { epochs, folds }: ScoringSpec): number {
  const early = Math.min(EARLY, epochs)
  return examples * (epochs + 2 * looks(epochs).length + early * (folds - 1))
}

/**
 * Scores every example by how doubtful its label is: by the help of all others, by loss and by margin while one network is
 * trained, and by confident learning over folds.
 *
 * @param tell told as examples pass, {@link workOf} of them in all.
 * @returns a failure where there are too few examples for the folds, or a network's loss has become infinite.
 */
export async function scoreExamples(
  split: Split,
  spec: ScoringSpec,
  key: Key,
  tell: (examples: number) => void = () => undefined,
): Promise<E.Either<Failure, ScoredExamples>> {
  const { network, epochs, folds } = spec
  const n = split.ids.length
  if (n < 2 * folds) {
    const message = `${split.name}: required at least ${2 * folds} examples for ${folds} folds, found ${n}`
    return E.left({ _tag: 'TooFewExamples', message })
  }
  const at = looks(epochs)
  const measured = await lookWhileTraining(split, spec, derive(key, 'network'), at, tell)
  const early = Math.min(EARLY, epochs)
  const unseen =
    measured &&
    (await unseenProbabilities(split, { network, folds, epochs: early, key: derive(key, 'confident learning'), tell }))
  if (measured === undefined || unseen === undefined) {
    const message = `${split.name}: the loss is no longer finite at learning rate ${network.learningRate}: choose a smaller one`
    return E.left({ _tag: 'Diverged', message })
  }
  const { ids, labels, trueLabels } = await readLabels(split, split.ids)
  const doubts = labelDoubts(unseen, labels, split.classes)
  const earlyLook = measured[at.findLastIndex((epoch) => epoch <= early)]!
  return E.right({
    ids,
    labels,
    trueLabels,
    expected: Int32Array.from(labels, (_, i) => largest(unseen.subarray(i * split.classes, (i + 1) * split.classes))),
    score(criterion, stage) {
      if (criterion === 'confident learning') return doubts
      const chosen = { first: [measured[0]!], early: [earlyLook], late: [measured.at(-1)!], throughout: measured }[
        stage
      ]
      const all = chosen.map((each) => doubtsBy(each, criterion))
      return Float64Array.from(labels, (_, i) => all.reduce((sum, each) => sum + each[i]!, 0) / all.length)
    },
  })
}

async function lookWhileTraining(
  split: Split,
  { network, epochs }: ScoringSpec,
  key: Key,
  at: readonly number[],
  tell: (examples: number) => void,
): Promise<readonly ExampleMeasures[] | undefined> {
  const stepsPerEpoch = Math.floor(split.ids.length / Math.min(network.batchSize, split.ids.length))
  // Where an epoch has few steps, two looks may be one.
  const stepOf = (epoch: number): number => Math.max(1, Math.round(epoch * stepsPerEpoch))
  const found = new Map<number, ExampleMeasures | undefined>()
  const probe: Probe<void> = {
    name: 'examples',
    schedule: atSteps(at.map(stepOf)),
    measure: async (model, { step }) => void found.set(step, await exampleMeasures(model, split, tell)),
  }
  const model = networkFor(split, network, key)
  try {
    if ((await trainNetwork(model, split, { network, epochs, key, probes: [probe], tell })) === undefined)
      return undefined
  } finally {
    model.dispose()
  }
  const measured = at.flatMap((epoch) => found.get(stepOf(epoch)) ?? [])
  return measured.length === at.length ? measured : undefined
}

function doubtsBy(measures: ExampleMeasures, criterion: Exclude<Criterion, 'confident learning'>): Float64Array {
  if (criterion === 'loss') return measures.losses
  return measures[criterion === 'margin' ? 'margins' : criterion].map((x) => -x)
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, c) => (value > values[best]! ? c : best), 0)
}
