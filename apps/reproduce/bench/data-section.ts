import { mean } from '@coherent-gradients/aggregators'
import { keyOf } from '@coherent-gradients/core'
import { batchSchedule, mnist } from '@coherent-gradients/datasets'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import { step } from './cases.ts'
import { compare, type Comparison } from './comparison.ts'
import { pictureLines } from './data/picture-lines.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import type { Section } from './section.ts'

/** How fast examples come from the disk into tensors. */
export const dataSection: Section = {
  name: 'data',
  title: 'data loading',
  engineFree: true,
  async measure(_engine, prepared) {
    const { model, batches } = await prepared()
    return [...(await mnistLines(step(model, mean(), batches, 'SGD step'))), ...(await pictureLines())]
  },
}

/** MNIST, beside the training step that its batches are for: both times a sixth of 600, an epoch. */
async function mnistLines(sgd: ReturnType<typeof step>): Promise<readonly Comparison[]> {
  const read = await mnist({ part: 'train' })()
  if (read._tag === 'Left') throw new Error(read.left.message)
  const images = read.right
  const schedule = batchSchedule(images.ids, { key: keyOf('data'), batchSize: 100 })
  const [steps, batches, tensors] = await measureInterleaved(
    [
      {
        name: 'a sixth of an epoch of SGD steps on MNIST',
        async run(repetition) {
          for (let i = 0; i < 100; i++) await sgd.run(repetition)
        },
      },
      {
        name: 'its 100 batches, by id',
        async run(repetition) {
          for (let i = 0; i < 100; i++) await images.read(schedule.batchIds(100 * repetition + i))
        },
      },
      {
        name: 'the same as tensors',
        async run(repetition) {
          for (let i = 0; i < 100; i++) {
            const batch = tensorBatch(await images.read(schedule.batchIds(100 * repetition + i)))
            tf.dispose([batch.inputs, batch.labels])
          }
        },
      },
    ],
    { budgetMs: 8_000, least: 5, most: 30, before: () => {} },
  )
  const [opened] = await measureInterleaved(
    [
      {
        name: 'MNIST opened: 60,000 images unpacked and checked',
        async run() {
          await mnist({ part: 'train' })()
        },
      },
    ],
    { budgetMs: 1_500, least: 3, most: 20, before: () => {} },
  )
  return [
    compare(steps!, steps!, { by: 'wall' }),
    compare(batches!, steps!, { by: 'wall', goal: '≤ 0.05' }),
    compare(tensors!, steps!, { by: 'wall' }),
    compare(opened!, opened!, { by: 'wall' }),
  ]
}
