import { createHash } from 'node:crypto'
import type { Split } from '@coherent-gradients/core'
import { readInOrder } from './read-in-order.ts'
import { batchOf, readLabels } from './read-labels.ts'

/**
 * sha256 of what a split holds, as 64 hexadecimal digits: its shape, and every example's id, label, true label, mark and
 * input, in the order of ids. Two splits with one hash train the same network. Goes through the whole split once; with
 * `inputs: false` only labels are hashed, which takes no pictures to be decoded.
 *
 * @example
 * await contentHash(train) // the same on every machine, whatever file the examples came from
 */
export async function contentHash(
  split: Split,
  { inputs = true }: { readonly inputs?: boolean } = {},
): Promise<string> {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([split.inputShape, split.classes, split.ids.length, inputs]))
  const sorted = { ...split, ids: split.ids.toSorted() }
  if (inputs) {
    for await (const batch of readInOrder(sorted, batchOf(split))) {
      for (const column of [batch.ids, batch.labels, batch.trueLabels, batch.touched, batch.inputs]) update(column)
    }
  } else {
    const { ids, labels, trueLabels, touched } = await readLabels(split, sorted.ids)
    for (const column of [ids, labels, trueLabels, touched]) update(column)
  }
  return hash.digest('hex')

  function update({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
  }
}
