import { statisticSum, type Chunk, type GradientStatistic } from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { Batch, Failure, Split } from '@coherent-gradients/core'
import type { GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { withGradients } from './gradients-of-batch.ts'
import type { Labelling, Measurement } from './measurement.ts'
import { passesOf } from './passes-of.ts'

/** What a first pass through some examples gives. */
export interface ChunkSums {
  /** Σ of the examples' losses. */
  readonly loss: number
  readonly statistic: GradientStatistic
}

/**
 * First pass through a chunk: the examples are read once, and measured under each labelling.
 *
 * @param tell told after each batch how many examples were measured, each labelling counted.
 * @returns the sums of each labelling; left where an example can't be read or measured, or its loss or a gradient isn't
 *   finite (its id is named).
 */
export async function chunkSums(
  split: Split,
  chunk: Chunk,
  measurement: Measurement,
  labellings: readonly Labelling[],
  tell: (examples: number) => void = () => undefined,
): Promise<E.Either<Failure, readonly ChunkSums[]>> {
  const losses = labellings.map(() => 0)
  const sums = labellings.map(() => statisticSum())
  for await (const read of passesOf(split, chunk, measurement)) {
    if (E.isLeft(read)) return read
    for (const [l, labelling] of labellings.entries()) {
      const batch = await labelling(read.right)
      const pass = await withGradients(batch, measurement, (stack) => sumsOf(stack, batch))
      if (E.isLeft(pass)) return pass
      for (const loss of pass.right.losses) losses[l]! += loss
      sums[l]!.add(pass.right.statistic)
      tell(batch.ids.length)
    }
  }
  return E.right(sums.map((sum, l) => ({ loss: losses[l]!, statistic: sum.total() })))
}

async function sumsOf(
  stack: GradientStack,
  batch: Batch,
): Promise<E.Either<Failure, { losses: ArrayLike<number> & Iterable<number>; statistic: GradientStatistic }>> {
  const losses = await stack.losses.data()
  const odd = losses.findIndex((value) => !Number.isFinite(value))
  if (odd >= 0) return E.left(notFinite(stack, batch, odd, `a loss of ${losses[odd]}`))
  try {
    return E.right({
      losses,
      statistic: await statisticOf(stack, stack.rows === batch.ids.length ? { ids: batch.ids } : {}),
    })
  } catch (error) {
    const failure = await firstOddGradient(stack, batch)
    if (failure === undefined) throw error
    return E.left(failure)
  }
}

async function firstOddGradient(stack: GradientStack, batch: Batch): Promise<Failure | undefined> {
  for (const block of stack.blocks) {
    const norms = tf.tidy(() => block.squaredNorms())
    const values = await norms.data()
    norms.dispose()
    const odd = values.findIndex((value) => !Number.isFinite(value))
    if (odd >= 0) return notFinite(stack, batch, odd, `a squared gradient norm of ${values[odd]} in ${block.name}`)
  }
  return undefined
}

function notFinite(stack: GradientStack, batch: Batch, row: number, what: string): Failure {
  const id = batch.ids[row]!
  const whose = stack.rows === batch.ids.length ? `example ${id}` : `the batch of examples ${id}, ${batch.ids[1]}, …`
  return {
    _tag: 'NotFinite',
    message: `${whose} has ${what}: a network that has diverged, or inputs that are not numbers, have no coherence`,
    id,
  } as Failure
}
