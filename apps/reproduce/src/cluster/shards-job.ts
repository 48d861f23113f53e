import type { ClusterJob } from './cluster-job.ts'
import { shellWord } from './shell-word.ts'

/** A measurement in so many shards as a job: one task a shard. It is to be run twice, for the second pass needs all of the first. */
export function shardsJob(
  measure: readonly string[],
  {
    shards,
    partial,
    reproduce,
  }: { readonly shards: number; readonly partial: string; readonly reproduce: readonly string[] },
): ClusterJob {
  const words = (texts: readonly string[]): string => texts.map(shellWord).join(' ')
  return {
    name: 'measure',
    tasks: shards,
    items: Array.from({ length: shards }, (_, k) => ({ word: `${k + 1}/${shards}`, comment: '' })),
    command: `${words([...reproduce, 'measure', ...measure])} --shard "$item" --partial ${shellWord(partial)}`,
  }
}
