import { describe, expect, it } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { prefetchBatches } from './prefetch-batches.ts'

const batches = [[3, 1], [0], [2, 4], [5], [6]]

/** A split that counts the reads that are begun and lets them end one by one, the last begun first. */
function counting(): { split: ReturnType<typeof madeUp>; begun: () => number } {
  const split = madeUp(10)
  let begun = 0
  return {
    begun: () => begun,
    split: {
      ...split,
      async read(ids) {
        const turns = 10 - begun++
        for (let i = 0; i < turns; i++) await Promise.resolve()
        if (ids[0] === 6) throw new Error('torn')
        return split.read(ids)
      },
    },
  }
}

describe('prefetchBatches', () => {
  it.each([0, 1, 3, 99])('gives the batches in order, with %d ahead', async (ahead) => {
    const { split } = counting()
    const seen: number[][] = []
    for await (const batch of prefetchBatches(split, batches.slice(0, 4), { ahead })) seen.push([...batch.ids])
    expect(seen).toEqual(batches.slice(0, 4))
  })

  it('reads no further ahead than it is told', async () => {
    const { split, begun } = counting()
    const begunAt: number[] = []
    for await (const _ of prefetchBatches(split, batches.slice(0, 4), { ahead: 2 })) begunAt.push(begun())
    expect(begunAt).toEqual([3, 4, 4, 4])
  })

  it('rejects when the turn of the failed batch comes', async () => {
    const seen: number[] = []
    const all = async (): Promise<void> => {
      for await (const { ids } of prefetchBatches(counting().split, batches, { ahead: 4 })) seen.push(ids[0]!)
    }
    await expect(all()).rejects.toThrow('torn')
    expect(seen).toEqual([3, 0, 2, 5])
  })

  it('asks for no more once it is left', async () => {
    const { split, begun } = counting()
    for await (const _ of prefetchBatches(split, batches, { ahead: 1 })) break
    expect(begun()).toBe(2)
    const wrong = prefetchBatches(split, batches, { ahead: -1 })
    await expect(wrong.next()).rejects.toThrow(/batches ahead ≥ 0, found -1/)
  })
})
