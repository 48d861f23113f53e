import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Loss, TensorBatch } from './loss.ts'

/**
 * [m] each example's loss, the model in inference mode.
 *
 * @throws RangeError when the loss isn't one number an example.
 */
export function perExampleLosses(model: LayersModel, loss: Loss, batch: TensorBatch): Tensor1D {
  const output = model.apply(batch.inputs, { training: false }) as Tensor
  const losses = loss.perExample(output, batch.labels)
  const m = batch.inputs.shape[0]!
  if (losses.rank !== 1 || losses.shape[0] !== m) {
    throw new RangeError(`${loss.name}: required one loss for each of ${m} examples, found shape [${losses.shape}]`)
  }
  return losses
}
