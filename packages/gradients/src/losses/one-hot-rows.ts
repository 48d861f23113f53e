import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'

/**
 * [m, C] float32 rows with a 1 where the label is, from [m] int32 labels. A label outside 0 … C − 1 gives a row of NaN:
 * tensors can't be read here, and zeros would be a loss and a gradient that look like any other.
 */
export function oneHotRows(labels: Tensor, classes: number): Tensor2D {
  return tf.tidy(() => {
    const rows = tf.cast(tf.oneHot(labels as Tensor, classes), 'float32')
    // 0/1 where the row has its 1, 0/0 where it has none.
    return tf.add(rows, tf.div(tf.scalar(0), tf.sum(rows, 1, true))) as Tensor2D
  })
}
