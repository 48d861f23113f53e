import type { Split } from '@coherent-gradients/core'
import type { Chosen } from './chosen.ts'
import { tellingLabelsOf } from './read-labels.ts'

/** Rewrites one image in place. */
export type ImageNoise = (id: number, image: Float32Array) => void

/** A split whose chosen examples have their image rewritten; labels stay. `prepare` is awaited at each read. */
export function noisyImages(
  split: Split,
  suffix: string,
  chosen: Chosen,
  prepare: () => ImageNoise | Promise<ImageNoise>,
): Split {
  const size = split.inputShape.reduce((product, length) => product * length, 1)
  const noisy: Split = {
    name: `${split.name} ${suffix}`,
    ids: split.ids,
    inputShape: split.inputShape,
    classes: split.classes,
    async read(ids) {
      const batch = await split.read(ids)
      const rewrite = await prepare()
      const inputs = batch.inputs.slice()
      const touched = batch.touched.slice()
      batch.ids.forEach((id, i) => {
        if (!chosen.has(id)) return
        rewrite(id, inputs.subarray(i * size, (i + 1) * size))
        touched[i] = 1
      })
      return { ...batch, inputs, touched }
    },
  }
  return tellingLabelsOf(noisy, split, (labels) => ({
    ...labels,
    touched: labels.touched.map((mark, i) => (chosen.has(labels.ids[i]!) ? 1 : mark)),
  }))
}
