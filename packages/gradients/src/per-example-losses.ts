import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Loss, TensorBatch } from './loss.ts'
import { requireLosses } from './require-losses.ts'

/**
 * [m] each example's loss, the model in inference mode.
 *
 * @throws RangeError when the loss isn't one number an example.
 */
export function perExampleLosses(model: LayersModel, loss: Loss, batch: TensorBatch): Tensor1D {
  const output = model.apply(batch.inputs, { training: false }) as Tensor
  return requireLosses(loss, loss.perExample(output, batch.labels), batch.inputs.shape[0]!)
}
