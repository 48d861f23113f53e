import type { Loss } from '@coherent-gradients/gradients'
import { runTrainingKernel } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'

/** A loss that also counts, as it is evaluated, the examples whose largest output is at the label. */
export interface CountedLoss {
  readonly loss: Loss
  /** How many were right since it was made; NaN where outputs and labels weren't [m, C] and [m] classes. */
  count(): Promise<number>
  /** Frees what it counts with. */
  dispose(): void
}

/**
 * Counts right answers in the pass that the loss is evaluated in, where a second forward pass would double its cost.
 *
 * The counts add up over every evaluation of `counted.loss`, as when a batch is evaluated in micro-batches. Of equal
 * outputs the first is taken, as `tf.argMax` does.
 *
 * @example
 * const counted = countCorrect(softmaxCrossEntropy)
 * const stack = perExampleGradients(model, counted.loss, batch)
 * const accuracy = (await counted.count()) / stack.rows
 * counted.dispose()
 */
export function countCorrect(loss: Loss): CountedLoss {
  const counts: Tensor[] = []
  let countable = true
  const count = (output: Tensor, labels: Tensor): void => {
    if (output.rank === 2 && labels.rank === 1) {
      counts.push(tf.keep(tf.tidy(() => rightAnswers(output, labels))))
    } else {
      countable = false
    }
  }
  const perExample = (output: Tensor, labels: Tensor): Tensor1D => {
    count(output, labels)
    return loss.perExample(output, labels)
  }
  const { direct } = loss
  return {
    loss: {
      ...loss,
      perExample,
      ...(direct?.perExample === loss.perExample && {
        direct: {
          perExample,
          withGradient(output, labels) {
            const both = direct.withGradient(output, labels)
            // Undefined leads to `perExample`, which counts.
            if (both !== undefined) count(output, labels)
            return both
          },
        },
      }),
    },
    async count() {
      if (!countable) return Number.NaN
      let correct = 0
      for (const each of counts) correct += (await each.data())[0]!
      return correct
    },
    dispose: () => tf.dispose(counts),
  }
}

function rightAnswers(outputs: Tensor, labels: Tensor): Tensor {
  const classes = labels.dtype === 'int32' ? labels : tf.cast(labels, 'int32')
  return (
    runTrainingKernel('countCorrect', { outputs, labels: classes }) ?? tf.sum(tf.equal(tf.argMax(outputs, 1), classes))
  )
}
