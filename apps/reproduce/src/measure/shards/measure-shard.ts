import { chunksOfShard } from '@coherent-gradients/coherence'
import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { chunkProjections } from '../chunk-projections.ts'
import { chunkSums } from '../chunk-sums.ts'
import type { OpenMeasurement } from '../open-measurement.ts'
import { asTheyAre, shuffledLabels } from '../shuffled-labels.ts'
import { foldedChunks } from './folded-chunks.ts'
import type { Shard } from './parse-shard.ts'
import { makeShardFolder } from './shard-folder.ts'
import { shardedAbout } from './sharded-about.ts'
import { shardsFailure } from './shards-failure.ts'

/** How far a shard has come. */
export interface MeasuredShard {
  /** The shard's examples, counted in the split's order. */
  readonly from: number
  readonly to: number
  /** Whether both passes of this shard are done; the second waits for the first of all. */
  readonly done: boolean
  /** Chunks of all shards that still lack each of the passes. */
  readonly missing: { readonly sums: number; readonly projections: number }
}

export interface MeasureShardOptions extends Shard {
  readonly folder: string
  /** The key that shuffles the twin's labels. */
  readonly shuffledBy?: string
  /** Told after each batch how many examples were gone through, and before each pass how many there will be. */
  readonly tell?: (examples: number) => void
}

/**
 * One shard's part of a measurement: the first pass through its chunks, and the second where all shards have made the
 * first. Chunks that a file in `folder` has already are left out, so that a shard can be killed and started again.
 *
 * @returns left as for a measurement in one, and where the folder holds another one or there are more shards than chunks.
 */
export async function measureShard(
  opened: OpenMeasurement,
  { folder: path, shard, of, shuffledBy = 'measure', tell }: MeasureShardOptions,
): Promise<E.Either<Failure, MeasuredShard>> {
  const { measurement, data } = opened
  const about = await shardedAbout(opened, shuffledBy)
  const { chunks, m } = about
  if (of > chunks.length) {
    const found = `${m} examples make ${chunks.length} ${chunks.length === 1 ? 'chunk' : 'chunks'}`
    return E.left(shardsFailure(path, `required at most as many shards as chunks, found ${of}: ${found}`))
  }
  const made = await makeShardFolder(path, about)
  if (E.isLeft(made)) return made
  const folder = made.right
  const own = chunksOfShard(chunks, shard, of)
  const mine = (numbers: readonly number[]): readonly number[] => numbers.filter((c) => own.includes(chunks[c]!))
  const labellings = [asTheyAre, shuffledLabels(data.labels, shuffledBy)]
  for (const c of mine(folder.missing('sums'))) {
    const sums = await chunkSums(data.split, chunks[c]!, measurement, labellings, tell)
    const written = E.isLeft(sums) ? sums : await folder.writeSums(c, sums.right)
    if (E.isLeft(written)) return written
  }
  if (folder.missing('sums').length === 0 && m > 1) {
    const todo = mine(folder.missing('projections'))
    const folded = todo.length === 0 ? undefined : await foldedChunks(folder)
    if (folded !== undefined && E.isLeft(folded)) return folded
    for (const c of todo) {
      const projected = await chunkProjections(data.split, chunks[c]!, measurement, folded!.right[0].statistic, tell)
      const written = E.isLeft(projected) ? projected : await folder.writeProjections(c, projected.right)
      if (E.isLeft(written)) return written
    }
  }
  const missing = { sums: folder.missing('sums').length, projections: m > 1 ? folder.missing('projections').length : 0 }
  return E.right({
    from: own[0]!.from,
    to: own.at(-1)!.to,
    done: m === 1 || mine(folder.missing('projections')).length === 0,
    missing,
  })
}
