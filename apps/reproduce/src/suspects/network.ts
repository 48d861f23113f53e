import { mean } from '@coherent-gradients/aggregators'
import { derive, type Key, type Split } from '@coherent-gradients/core'
import { batchSchedule } from '@coherent-gradients/datasets'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import { train, type Probe } from '@coherent-gradients/training'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** The network that looks for wrong labels, and how it is trained: as plain data. */
export interface NetworkSpec {
  /** Widths of the hidden ReLU layers; none is a linear model. */
  readonly hidden: readonly number[]
  readonly batchSize: number
  readonly learningRate: number
}

/** A fresh network for the examples of a split. Whoever asked for it disposes of it. */
export function networkFor(split: Split, { hidden }: NetworkSpec, key: Key): LayersModel {
  const [inputs, outputs] = [split.inputShape.reduce((size, n) => size * n, 1), split.classes]
  const weights = derive(key, 'weights')
  return hidden.length === 0
    ? buildModel({ kind: 'linear', inputs, outputs }, weights)
    : buildModel({ kind: 'mlp', inputs, hidden, outputs }, weights)
}

export interface TrainNetworkOptions<Measurement> {
  readonly network: NetworkSpec
  readonly epochs: number
  readonly key: Key
  readonly probes?: readonly Probe<Measurement>[]
  /** Told after each step how many examples it took. */
  readonly tell?: (examples: number) => void
}

/**
 * Trains a network on a split by plain SGD on cross-entropy.
 *
 * @returns what the probes measured, in order; undefined where the loss has become infinite.
 */
export async function trainNetwork<Measurement = never>(
  model: LayersModel,
  split: Split,
  { network, epochs, key, probes = [], tell = () => undefined }: TrainNetworkOptions<Measurement>,
): Promise<readonly Measurement[] | undefined> {
  const batchSize = Math.min(network.batchSize, split.ids.length)
  const schedule = batchSchedule(split.ids, { key: derive(key, 'batches'), batchSize })
  const measured: Measurement[] = []
  const events = train<Measurement>({
    model,
    loss: softmaxCrossEntropy,
    aggregator: mean(),
    batch: (step) => split.read(schedule.batchIds(step)),
    examplesPerEpoch: schedule.stepsPerEpoch * batchSize,
    steps: epochs * schedule.stepsPerEpoch,
    learningRate: network.learningRate,
    probes,
  })
  for await (const event of events) {
    if (event.kind === 'step') tell(batchSize)
    if (event.kind === 'measurement') measured.push(event.value)
    if (event.kind === 'diverged') return undefined
  }
  return measured
}
