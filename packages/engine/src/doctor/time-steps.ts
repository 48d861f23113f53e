import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D, Variable as AnyVariable } from '@tensorflow/tfjs-core'

type Variable = AnyVariable<tf.Rank.R2>

const widths = [784, 256, 256, 256, 10]
const examples = 100

/** Times SGD steps of the paper's MNIST network on made-up images, on the backend that is current. */
export async function timeSteps(
  clock: () => number,
  milliseconds: number,
): Promise<{ stepMilliseconds: number; steps: number }> {
  const weights = widths.slice(1).map((outputs, l) => tf.tidy(() => tf.variable(wave(widths[l]!, outputs, 0.05))))
  const images = tf.tidy(() => tf.relu(wave(examples, widths[0]!, 1)))
  try {
    for (let i = 0; i < 2; i++) await step(weights, images)
    const times: number[] = []
    const end = clock() + milliseconds
    do {
      const from = clock()
      await step(weights, images)
      times.push(clock() - from)
    } while (times.length < 3 || clock() < end)
    return { stepMilliseconds: times.toSorted((a, b) => a - b)[times.length >> 1]!, steps: times.length }
  } finally {
    tf.dispose([weights, images])
  }
}

/**
 * One step by hand: forward, cross-entropy of class 0 for every image, backward, update. It is over when a number of it has
 * been read: some backends only queue what they are told.
 */
async function step(weights: readonly Variable[], images: Tensor2D): Promise<void> {
  const first = tf.tidy(() => {
    const inputs = [images]
    for (const weight of weights.slice(0, -1)) inputs.push(tf.relu(tf.matMul(inputs.at(-1)!, weight)))
    const logits = tf.matMul(inputs.at(-1)!, weights.at(-1)!)
    let delta: Tensor2D = tf.sub(tf.softmax(logits), tf.oneHot(tf.zeros([examples], 'int32'), widths.at(-1)!))
    for (const [l, weight] of [...weights.entries()].toReversed()) {
      const input = inputs[l]!
      const gradient = tf.matMul(input, delta, true, false)
      if (l > 0) delta = tf.mul(tf.matMul(delta, weight, false, true), tf.step(input))
      weight.assign(tf.sub(weight, tf.mul(0.01 / examples, gradient)))
    }
    return tf.slice(logits, [0, 0], [1, 1])
  })
  await first.data()
  first.dispose()
}

function wave(rows: number, columns: number, height: number): Tensor2D {
  return tf.reshape(tf.mul(height, tf.sin(tf.range(0, rows * columns))), [rows, columns])
}
