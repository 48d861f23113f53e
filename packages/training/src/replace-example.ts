import type { Batch } from '@coherent-gradients/core'
import type { Replacement } from './twins.ts'

/** A batch with another example in the place of one, wherever it stands; the batch itself where it doesn't. */
export function replaceExample(batch: Batch, { id, by }: Replacement): Batch {
  if (!batch.ids.includes(id)) return batch
  const width = batch.inputs.length / batch.ids.length
  const inputs = batch.inputs.slice()
  const labels = batch.labels.slice()
  const trueLabels = batch.trueLabels.slice()
  const touched = batch.touched.slice()
  for (const [row, each] of batch.ids.entries()) {
    if (each !== id) continue
    inputs.set(by.inputs, row * width)
    labels[row] = by.labels[0]!
    trueLabels[row] = by.trueLabels[0]!
    touched[row] = by.touched[0]!
  }
  return { ...batch, inputs, labels, trueLabels, touched }
}
