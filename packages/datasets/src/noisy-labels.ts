import type { Split } from '@coherent-gradients/core'
import type { Chosen } from './chosen.ts'
import { type ExampleLabels, tellingLabelsOf } from './read-labels.ts'

/** The label that an example gets for the one that it has. */
export type LabelNoise = (id: number, label: number) => number

/** A split whose chosen examples have another label; true labels and images stay. `prepare` is awaited at each read. */
export function noisyLabels(
  split: Split,
  suffix: string,
  chosen: Chosen,
  prepare: () => LabelNoise | Promise<LabelNoise>,
): Split {
  const noisy: Split = {
    name: `${split.name} ${suffix}`,
    ids: split.ids,
    inputShape: split.inputShape,
    classes: split.classes,
    async read(ids) {
      return rewritten(await split.read(ids))
    },
  }
  return tellingLabelsOf(noisy, split, rewritten)

  async function rewritten<B extends ExampleLabels>(batch: B): Promise<B> {
    const labelOf = await prepare()
    const labels = batch.labels.slice()
    const touched = batch.touched.slice()
    batch.ids.forEach((id, i) => {
      if (!chosen.has(id)) return
      labels[i] = labelOf(id, labels[i]!)
      touched[i] = 1
    })
    return { ...batch, labels, touched }
  }
}
