import type { Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/** A loss that also counts, as it is evaluated, the examples whose largest output is at the label. */
export interface CountedLoss {
  readonly loss: Loss
  /** How many were right since it was made. Call once: it frees what it counted with. */
  count(): Promise<number>
}

/** Counts right answers in the pass that the loss is evaluated in, where a second forward pass would double its cost. */
export function countCorrect(loss: Loss): CountedLoss {
  const counts: Tensor[] = []
  return {
    loss: {
      name: loss.name,
      perExample(output, labels) {
        if (output.rank === 2 && labels.rank === 1) {
          counts.push(
            tf.keep(tf.tidy(() => tf.sum(tf.cast(tf.equal(tf.argMax(output, 1), tf.cast(labels, 'int32')), 'int32')))),
          )
        }
        return loss.perExample(output, labels)
      },
    },
    async count() {
      let correct = 0
      for (const each of counts) correct += (await each.data())[0]!
      tf.dispose(counts)
      return correct
    },
  }
}
