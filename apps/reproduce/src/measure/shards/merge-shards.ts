import type { Chunk } from '@coherent-gradients/coherence'
import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { ScopeProjections } from '../chunk-projections.ts'
import type { MeasuredModel } from '../measured-model.ts'
import { scopesOf } from '../scopes-of.ts'
import { foldedChunks } from './folded-chunks.ts'
import { openShardFolder } from './shard-folder.ts'
import { shardsFailure } from './shards-failure.ts'

/**
 * What the shards of a measurement found together: byte for byte what one process finds, since both add the same chunks in
 * the same order. In the memory of two gradients and of two numbers an example and scope.
 *
 * @returns left where a shard hasn't made both of its passes (the examples are named), or a file is damaged.
 */
export async function mergeShards(path: string): Promise<E.Either<Failure, MeasuredModel>> {
  const opened = await openShardFolder(path)
  if (E.isLeft(opened)) return opened
  const folder = opened.right
  const { about, chunks, m } = folder.about
  for (const [pass, name] of [
    ['sums', 'first'],
    ['projections', 'second'],
  ] as const) {
    const lacking = pass === 'projections' && m === 1 ? [] : folder.missing(pass)
    if (lacking.length === 0) continue
    const todo = 'run each shard until it says that it is done'
    return E.left(shardsFailure(path, `the ${name} pass lacks examples ${rangesOf(lacking, chunks)}: ${todo}`))
  }
  const folded = await foldedChunks(folder)
  if (E.isLeft(folded)) return folded
  const projections: ScopeProjections[] = []
  for (const c of m > 1 ? chunks.keys() : []) {
    const read = await folder.readProjections(c)
    if (E.isLeft(read)) return read
    projections.push(read.right)
  }
  const [own, shuffled] = folded.right
  return E.right({ ...scopesOf(own, projections), shuffled: scopesOf(shuffled), ...about })
}

/** Chunks one after another are one range; at most 32 are apart. */
function rangesOf(lacking: readonly number[], chunks: readonly Chunk[]): string {
  const first = lacking.filter((c) => !lacking.includes(c - 1))
  const last = lacking.filter((c) => !lacking.includes(c + 1))
  return first.map((c, i) => `${chunks[c]!.from} to ${chunks[last[i]!]!.to - 1}`).join(', ')
}
