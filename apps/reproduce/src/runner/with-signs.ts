import type { Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D } from '@tensorflow/tfjs-core'

/**
 * A loss of classes times a sign of each example's own, and so are the gradients. Labels are [m, 2]: class and sign.
 *
 * With random signs gradients share nothing: their α is 0 on average, whatever the network and the data are.
 */
export function withSigns(loss: Loss): Loss {
  return {
    ...loss,
    name: `${loss.name} with signs`,
    perExample(output, labels) {
      const [classes, signs] = tf.unstack(labels as Tensor2D, 1)
      return tf.mul(loss.perExample(output, tf.cast(classes!, 'int32')), signs!)
    },
  }
}
