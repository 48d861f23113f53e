import type { Chunk } from '@coherent-gradients/coherence'
import type { Batch, Failure, Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { examplesAtATime } from './examples-at-a-time.ts'
import type { Measurement } from './measurement.ts'

/**
 * The examples of a chunk in batches of nearly one size, none larger than a pass of the model should take.
 *
 * The last thing it yields is left where an example can't be read, which its split says in one line.
 */
export async function* passesOf(
  split: Split,
  { from, to }: Chunk,
  { model, passBytes, batchNorm }: Pick<Measurement, 'model' | 'passBytes' | 'batchNorm'>,
): AsyncGenerator<E.Either<Failure, Batch>, void, undefined> {
  // A batch has one mean and one variance: it goes in one pass, however large it is.
  const passes = batchNorm === undefined ? Math.ceil((to - from) / examplesAtATime(model, passBytes)) : 1
  const size = Math.ceil((to - from) / passes)
  for (let start = from; start < to; start += size) {
    try {
      yield E.right(await split.read(split.ids.subarray(start, Math.min(to, start + size))))
    } catch (cause) {
      yield E.left({ _tag: 'UnreadableExample', message: cause instanceof Error ? cause.message : String(cause) })
      return
    }
  }
}
