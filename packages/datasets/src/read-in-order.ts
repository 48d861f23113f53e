import type { Batch, Split } from '@coherent-gradients/core'

/**
 * A whole split in file order, `batchSize` examples at a time; the last batch may be short. For evaluation and sums.
 *
 * @throws RangeError when the batch size is not an integer ≥ 1.
 *
 * @example
 * for await (const batch of readInOrder(test, 1000)) correct += count(batch)
 */
export async function* readInOrder(split: Split, batchSize: number): AsyncGenerator<Batch, void, undefined> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`readInOrder: required a batch size ≥ 1, found ${batchSize}`)
  }
  for (let from = 0; from < split.ids.length; from += batchSize) {
    yield await split.read(split.ids.subarray(from, from + batchSize))
  }
}
