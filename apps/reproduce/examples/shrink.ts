import type { Aggregator } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'

/** Standard errors by which each coordinate's mean is drawn towards zero. */
const ERRORS = 2
/** Coordinates whose per-example gradients are formed at a time. */
const WIDTH = 20_000

/**
 * The mean, less what chance alone would make of it: g̃ⱼ = sign(ḡⱼ) · max(0, |ḡⱼ| − 2 sⱼ/√m), with sⱼ the standard deviation
 * of the m examples' gradients in coordinate j. A direction that few examples support has a large sⱼ, and vanishes.
 */
const shrink: Aggregator = {
  name: `shrink(${ERRORS})`,
  rows: { of: 'examples' },
  init: () => ({}),
  aggregate(stack) {
    const gradient = tf.tidy(() =>
      Object.fromEntries(
        stack.blocks.map((block) => {
          const parts: tf.Tensor[] = []
          for (let from = 0; from < block.size; from += WIDTH) {
            const rows = block.columns(from, Math.min(block.size, from + WIDTH)) // [m, columns]
            parts.push(tf.tidy(() => shrunk(rows)))
            rows.dispose()
          }
          return [block.name, tf.reshape(tf.concat(parts), [...block.shape])]
        }),
      ),
    )
    return { gradient, state: {} }
  },
}

function shrunk(rows: tf.Tensor2D): tf.Tensor {
  const { mean, variance } = tf.moments(rows, 0)
  const error = tf.sqrt(tf.div(variance, rows.shape[0]))
  return tf.mul(tf.sign(mean), tf.relu(tf.sub(tf.abs(mean), tf.mul(error, ERRORS))))
}

export default shrink
