import type { Split } from '@coherent-gradients/core'
import { readInOrder, splitOf } from '@coherent-gradients/datasets'

/** The examples of a split with their labels and without their inputs, which are gone through once. */
export async function labelsAlone(split: Split): Promise<Split> {
  const labels = new Int32Array(split.ids.length)
  let at = 0
  for await (const batch of readInOrder(split, 500)) {
    labels.set(batch.labels, at)
    at += batch.labels.length
  }
  const { name, ids, classes } = split
  return splitOf({ name, ids, labels, classes, inputs: new Float32Array(0), inputShape: [0] })
}
