import { keyOf } from '@coherent-gradients/core'
import { batchSchedule, mnist } from '@coherent-gradients/datasets'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import { compare } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import type { Section } from './section.ts'

/** How fast examples come from the disk into tensors. */
export const dataSection: Section = {
  name: 'data',
  title: 'data loading',
  engineFree: true,
  async measure() {
    const read = await mnist({ split: 'train' })()
    if (read._tag === 'Left') throw new Error(read.left.message)
    const images = read.right
    const schedule = batchSchedule(images.ids, { key: keyOf('data'), batchSize: 100 })
    const [batch, open] = await measureInterleaved(
      [
        {
          name: '100 MNIST images by id into a tensor',
          async run(repetition) {
            const tensors = tensorBatch(await images.read(schedule.batchIds(repetition)))
            tf.dispose([tensors.inputs, tensors.labels])
          },
        },
        {
          name: 'MNIST opened: 60,000 images unpacked and checked',
          async run() {
            await mnist({ split: 'train' })()
          },
        },
      ],
      { budgetMs: 3_000, least: 3, most: 100, before: () => {} },
    )
    return [compare(batch!, batch!), compare(open!, batch!, { by: 'wall' })]
  },
}
