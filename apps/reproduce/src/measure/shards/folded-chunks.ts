import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { ChunkSums } from '../chunk-sums.ts'
import { foldedSums } from '../folded-sums.ts'
import type { ShardFolder } from './shard-folder.ts'

/** All chunks' sums from left to right, a file at a time: as they are labelled, then with shuffled labels. */
export async function foldedChunks(folder: ShardFolder): Promise<E.Either<Failure, readonly [ChunkSums, ChunkSums]>> {
  const [own, shuffled] = [foldedSums(), foldedSums()]
  for (const c of folder.about.chunks.keys()) {
    const read = await folder.readSums(c)
    if (E.isLeft(read)) return read
    own.add(read.right[0]!)
    shuffled.add(read.right[1]!)
  }
  return E.right([own.total(), shuffled.total()])
}
