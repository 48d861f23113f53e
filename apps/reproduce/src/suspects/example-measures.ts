import {
  cosineWithOthers,
  helpOfOthers,
  labelMargins,
  monoid,
  type GradientStatistic,
} from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { Split } from '@coherent-gradients/core'
import { perExampleGradients, softmaxCrossEntropy, type GradientStack } from '@coherent-gradients/gradients'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** What the weights of one moment say of every example. Index legend: n examples, in the order of the split's ids. */
export interface ExampleMeasures {
  /** [n] */
  readonly losses: Float64Array
  /** [n] logit of the label less the best of the others. */
  readonly margins: Float64Array
  /** [n] gᵢ·Σⱼ≠ᵢ gⱼ. */
  readonly help: Float64Array
  /** [n] the cosine of gᵢ and Σⱼ≠ᵢ gⱼ. */
  readonly direction: Float64Array
}

/** Examples that are gone through at a time. */
const CHUNK = 500

/**
 * Loss, margin and help of the others for every example of a split, in two passes: the first sums the gradients, the second
 * holds each one against the sum. No gradient is formed.
 *
 * @param tell told after each chunk how many examples were gone through, each counting twice in all.
 * @returns undefined where a loss isn't finite.
 */
export async function exampleMeasures(
  model: LayersModel,
  split: Split,
  tell: (examples: number) => void = () => undefined,
): Promise<ExampleMeasures | undefined> {
  const n = split.ids.length
  const [losses, margins] = [new Float64Array(n), new Float64Array(n)]
  const [squaredNorms, dots] = [new Float64Array(n), new Float64Array(n)]
  let whole: GradientStatistic = monoid.empty
  await inChunks(model, split, tell, async (stack, from, batch) => {
    losses.set(await stack.losses.data(), from)
    const output = model.apply(batch.inputs, { training: false }) as Tensor
    margins.set(labelMargins(await output.data(), await batch.labels.data(), split.classes), from)
    output.dispose()
    if (!losses.every(Number.isFinite)) return
    whole = monoid.concat(whole, await statisticOf(stack))
  })
  if (!losses.every(Number.isFinite)) return undefined
  // As a mean, so that float32 holds it whatever n is.
  const means = whole.blocks.map(({ sum }) => tf.tensor1d(Float32Array.from(sum, (x) => x / n)))
  try {
    await inChunks(model, split, tell, async (stack, from) => {
      for (const [b, block] of stack.blocks.entries()) {
        const norm = block.squaredNorms()
        const dot = tf.tidy(() => block.dot(tf.reshape(means[b]!, [...block.shape])))
        const [norms, along] = await Promise.all([norm.data(), dot.data()])
        tf.dispose([norm, dot])
        for (let i = 0; i < stack.rows; i++) {
          squaredNorms[from + i]! += norms[i]!
          dots[from + i]! += n * along[i]!
        }
      }
    })
  } finally {
    tf.dispose(means)
  }
  const projections = { squaredNorms, dots }
  return { losses, margins, help: helpOfOthers(projections), direction: cosineWithOthers(projections) }
}

async function inChunks(
  model: LayersModel,
  split: Split,
  tell: (examples: number) => void,
  visit: (stack: GradientStack, from: number, batch: ReturnType<typeof tensorBatch>) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < split.ids.length; from += CHUNK) {
    const ids = split.ids.subarray(from, from + CHUNK)
    const batch = tensorBatch(await split.read(ids))
    const stack = perExampleGradients(model, softmaxCrossEntropy, batch)
    try {
      await visit(stack, from, batch)
    } finally {
      stack.dispose()
      tf.dispose([batch.inputs, batch.labels])
    }
    tell(ids.length)
  }
}
