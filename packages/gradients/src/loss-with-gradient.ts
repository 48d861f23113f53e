import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { Loss, LossWithGradient } from './loss.ts'
import { requireLosses } from './require-losses.ts'

/**
 * [m] each example's loss and the gradient of their sum in the model's output: by `loss.direct` where that stands for the
 * loss's `perExample`, else by tfjs's tape.
 *
 * @throws RangeError when the loss isn't one number an example.
 */
export function lossWithGradient(loss: Loss, output: Tensor, labels: Tensor): LossWithGradient {
  const m = output.shape[0]!
  const { direct } = loss
  const both = direct?.perExample === loss.perExample ? direct.withGradient(output, labels) : undefined
  if (both !== undefined) return both
  const backward = tf.valueAndGrad((z: Tensor) => requireLosses(loss, loss.perExample(z, labels), m))
  const { value, grad } = backward(output)
  return { losses: value as Tensor1D, gradient: grad }
}
