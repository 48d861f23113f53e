import type { Failure } from '@coherent-gradients/core'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { taskEither as TE } from 'fp-ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'

/** Shards of a data set are not all there. */
export type ShardsMissing = Failure<'ShardsMissing', { folder: string; missing: readonly number[] }>

/**
 * The shards of one part of a data set in a folder, in order: `train-00000-of-01024`, with anything around the part's name
 * (`imagenet2012-train.tfrecord-00000-of-01024`, `train-00000-of-00294.parquet`).
 *
 * @param parts names of the part, the first that is found counts: `['val', 'validation', 'test']`.
 * @returns left when the folder can't be read, there is none, or some of them are missing.
 *
 * @example
 * shardsIn('imagenet', ['train']) // right: ['imagenet/train-00000-of-01024', …]
 */
export function shardsIn(
  folder: string,
  parts: readonly string[],
): TE.TaskEither<FileFailure | ShardsMissing, readonly [string, ...string[]]> {
  return attempt(folder, async () => {
    const names = await readdir(folder)
    for (const part of parts) {
      const found = names.flatMap((name) => {
        const [, before, shard, of] = /^(.*?)(?:\.\w+)?-(\d{5})-of-(\d{5})(?:\.\w+)?$/.exec(name) ?? []
        const isPart = before === part || before?.endsWith(`-${part}`) === true
        return isPart ? [{ name, shard: Number(shard), of: Number(of) }] : []
      })
      if (found.length === 0) continue
      const total = found[0]!.of
      const missing = Array.from({ length: total }, (_, i) => i).filter((i) => !found.some(({ shard }) => shard === i))
      if (missing.length > 0) {
        const message = `${folder}: ${missing.length} of ${total} shards of ${part} are missing, the first is number ${missing[0]}. Get them again.`
        refuse({ _tag: 'ShardsMissing', message, folder, missing } as ShardsMissing)
      }
      const inOrder = found.toSorted((a, b) => a.shard - b.shard).map(({ name }) => join(folder, name))
      return inOrder as unknown as readonly [string, ...string[]]
    }
    const message = `${folder}: no shards of ${parts.join(' or ')} like ${parts[0]}-00000-of-01024`
    return refuse({ _tag: 'ShardsMissing', message, folder, missing: [] } as ShardsMissing)
  })
}
