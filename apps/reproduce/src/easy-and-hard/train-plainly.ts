import { mean } from '@coherent-gradients/aggregators'
import { derive, type Key, type Split } from '@coherent-gradients/core'
import { batchSchedule } from '@coherent-gradients/datasets'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { train } from '@coherent-gradients/training'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { buildNetwork } from '../runner/build-network.ts'
import type { PlainTraining } from '../specs/easy-and-hard-spec.ts'
import type { NetworkSpec } from '../specs/network-spec.ts'

export interface PlainRun {
  readonly model: NetworkSpec
  readonly split: Split
  readonly training: PlainTraining
  /** Of the first weights and of the order of the batches. */
  readonly key: Key
}

/**
 * Trains a network of its own by plain SGD on cross-entropy.
 *
 * @param look sees it before the first step (loss NaN), and after each with the loss before it; true ends the training.
 * @throws RangeError when the loss is no longer finite.
 */
export async function trainPlainly(
  { model: network, split, training, key }: PlainRun,
  look: (model: LayersModel, step: number, loss: number) => Promise<boolean | void>,
): Promise<void> {
  const { steps, learningRate } = training
  const batchSize = Math.min(training.batchSize, split.ids.length)
  const schedule = batchSchedule(split.ids, { key: derive(key, 'batches'), batchSize })
  const model = buildNetwork(network, split, derive(key, 'weights'))
  try {
    if ((await look(model, 0, Number.NaN)) === true) return
    const events = train({
      model,
      loss: softmaxCrossEntropy,
      aggregator: mean(),
      batch: (step) => split.read(schedule.batchIds(step)),
      examplesPerEpoch: schedule.stepsPerEpoch * batchSize,
      steps,
      learningRate,
    })
    for await (const event of events) {
      if (event.kind === 'diverged') {
        throw new RangeError(`trainPlainly: required a finite loss, found ${event.loss} at step ${event.step}`)
      }
      if (event.kind === 'step' && (await look(model, event.step, event.loss)) === true) return
    }
  } finally {
    model.dispose()
  }
}
