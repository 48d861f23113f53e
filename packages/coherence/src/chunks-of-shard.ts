import type { Chunk } from './canonical-chunks.ts'

/**
 * The chunks that one of several shards sums: consecutive ones, every chunk in one shard, as equally many in each as can be.
 *
 * @param shard from 1 to `shards`.
 * @throws RangeError when `shard` isn't a whole number from 1 to `shards`.
 *
 * @example
 * chunksOfShard(canonicalChunks(50_000), 2, 5) // five of 2,000 examples: 10,000 to 19,999
 */
export function chunksOfShard(chunks: readonly Chunk[], shard: number, shards: number): readonly Chunk[] {
  if (!(Number.isInteger(shards) && Number.isInteger(shard) && shard >= 1 && shard <= shards)) {
    throw new RangeError(`chunksOfShard: required a shard from 1 to ${shards}, found ${shard}`)
  }
  const after = (before: number): number => Math.floor((before * chunks.length) / shards)
  return chunks.slice(after(shard - 1), after(shard))
}
