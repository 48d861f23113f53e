import type { Chunk, GradientStatistic } from '@coherent-gradients/coherence'
import type { Failure, Split } from '@coherent-gradients/core'
import type { GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { withGradients } from './gradients-of-batch.ts'
import type { Measurement } from './measurement.ts'
import { passesOf } from './passes-of.ts'

/**
 * What each example of a chunk has to do with the sum of all, the chunk's or not; where α is imputed, what the batch that
 * the chunk is has to do with it.
 */
export interface Projections {
  /** [examples of the chunk] ‖gᵢ‖². */
  readonly squaredNorms: Float64Array
  /** [examples of the chunk] gᵢ·Σⱼgⱼ. */
  readonly dots: Float64Array
}

/** By scope: `all`, then `layer:<name>` for each layer in the model's order. */
export type ScopeProjections = ReadonlyMap<string, Projections>

/**
 * Second pass through a chunk: ‖gᵢ‖² and gᵢ·Σg of each example and scope, which standard errors need.
 *
 * @param whole the statistic of all examples, of which Σg is taken.
 * @param tell told after each batch how many examples were gone through.
 */
export async function chunkProjections(
  split: Split,
  chunk: Chunk,
  measurement: Measurement,
  whole: GradientStatistic,
  tell: (examples: number) => void = () => undefined,
): Promise<E.Either<Failure, ScopeProjections>> {
  const m = whole.m
  const means = whole.blocks.map(({ sum }) => tf.tensor1d(divided(sum, m)))
  const scopes = new Map<string, Projections>()
  const size = measurement.batchNorm?.how === 'imputed' ? 1 : chunk.to - chunk.from
  for (const name of ['all', ...whole.blocks.map(({ layer }) => `layer:${layer}`)]) {
    scopes.set(name, { squaredNorms: new Float64Array(size), dots: new Float64Array(size) })
  }
  let done = 0
  try {
    for await (const batch of passesOf(split, chunk, measurement)) {
      if (E.isLeft(batch)) return batch
      const pass = await withGradients(batch.right, measurement, async (stack) => {
        const read = await projectedOn(means, stack)
        stack.blocks.forEach(({ layer }, b) => {
          for (const scope of ['all', `layer:${layer}`]) {
            const { squaredNorms, dots } = scopes.get(scope)!
            for (let i = 0; i < stack.rows; i++) {
              squaredNorms[done + i]! += read[2 * b]![i]!
              dots[done + i]! += m * read[2 * b + 1]![i]!
            }
          }
        })
        return E.right(undefined)
      })
      if (E.isLeft(pass)) return pass
      done += batch.right.ids.length
      tell(batch.right.ids.length)
    }
    return E.right(scopes)
  } finally {
    tf.dispose(means)
  }
}

/** Not `Float32Array.from` and a function, which makes a list of all numbers first. */
function divided(sum: Float64Array, m: number): Float32Array {
  const mean = new Float32Array(sum.length)
  for (let j = 0; j < mean.length; j++) mean[j] = sum[j]! / m
  return mean
}

/** For each block, after each other, the rows' squared norms and their dot products with its mean. */
async function projectedOn(means: readonly Tensor[], stack: GradientStack): Promise<readonly ArrayLike<number>[]> {
  const made: Tensor[] = []
  try {
    stack.blocks.forEach((block, b) => {
      const dot = tf.tidy(() => block.dot(tf.reshape(means[b]!, [...block.shape])))
      made.push(block.squaredNorms(), dot)
    })
    return await Promise.all(made.map((tensor) => tensor.data()))
  } finally {
    tf.dispose(made)
  }
}
