import type { Batch, Split } from '@coherent-gradients/core'

export interface PrefetchOptions {
  /** How many batches may be under way or waiting beside the one in use. More cost memory, not correctness. */
  readonly ahead?: number
}

/**
 * Batches one after another, the next ones read while one is in use. No more than `ahead` are read before they are asked
 * for, so a slow reader never fills the memory and a slow user never waits for more than the disk.
 *
 * The batches are those of `batches.map(split.read)`, in that order. Leaving the loop early waits for what is under way.
 *
 * @throws RangeError when `ahead` is not an integer ≥ 0; whatever a read rejects with, when its turn comes.
 *
 * @example
 * for await (const batch of prefetchBatches(train, schedule, { ahead: 4 })) step(batch)
 */
export async function* prefetchBatches(
  split: Pick<Split, 'read'>,
  batches: Iterable<ArrayLike<number>>,
  { ahead = 2 }: PrefetchOptions = {},
): AsyncGenerator<Batch, void, undefined> {
  if (!Number.isInteger(ahead) || ahead < 0) {
    throw new RangeError(`prefetchBatches: required batches ahead ≥ 0, found ${ahead}`)
  }
  const wanted = batches[Symbol.iterator]()
  const underWay: Promise<Batch>[] = []
  try {
    for (let done = false; ;) {
      while (!done && underWay.length <= ahead) {
        const next = wanted.next()
        if (next.done === true) done = true
        else {
          const reading = split.read(next.value)
          reading.catch(() => {}) // its turn comes later
          underWay.push(reading)
        }
      }
      const first = underWay.shift()
      if (first === undefined) return
      yield await first
    }
  } finally {
    wanted.return?.()
    await Promise.allSettled(underWay)
  }
}
