import type { Chunk } from '@coherent-gradients/coherence'
import { derive, keyOf, permutation, type Failure, type Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { BatchNorm } from './batch-norm.ts'

/**
 * The examples as they are where batch normalisation goes by no batches; else in random order, by a key, and only as many as make whole batches. Files are often sorted by class, and a
 * batch of one class has statistics that no batch in training has.
 *
 * @returns left where there are not two batches, which imputing takes, or not one.
 */
export function inBatches(split: Split, batchNorm?: BatchNorm, key = 'measure'): E.Either<Failure, Split> {
  if (batchNorm === undefined) return E.right(split)
  const { how, batchSize } = batchNorm
  const batches = Math.floor(split.ids.length / batchSize)
  const least = how === 'imputed' ? 2 : 1
  if (batches < least) {
    const message = `${split.name}: required ${least * batchSize} examples or more for ${least === 1 ? 'a batch' : 'two batches'} of ${batchSize}, found ${split.ids.length}: choose more --examples or a smaller --batch-size`
    return E.left({ _tag: 'TooFewBatches', message })
  }
  const order = permutation(derive(keyOf(key), 'batches'), split.ids.length).subarray(0, batches * batchSize)
  return E.right({ ...split, ids: Uint32Array.from(order, (i) => split.ids[i]!) })
}

/** A chunk for each batch of m examples. */
export function batchChunks(m: number, { batchSize }: BatchNorm): readonly Chunk[] {
  return Array.from({ length: m / batchSize }, (_, j) => ({ from: j * batchSize, to: (j + 1) * batchSize }))
}
