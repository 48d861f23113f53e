import { splitOf } from '@coherent-gradients/datasets'
import { describe, expect, it } from 'vitest'
import { inMemory } from './in-memory.ts'

const splitWith = (inputs: readonly number[]) =>
  splitOf({
    name: 'mine.npz',
    inputs: Float32Array.from(inputs),
    labels: Int32Array.of(0, 1, 1),
    inputShape: [2],
    classes: 2,
    ids: [7, 8, 9],
  })

describe('inMemory', () => {
  it('keeps examples as they are', async () => {
    const kept = await inMemory(splitWith([1, 2, 3, 4, 5, 6]))
    const { inputs, labels, ids } = await kept.read(kept.ids)
    expect([[...inputs], [...labels], [...ids]]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [0, 1, 1],
      [7, 8, 9],
    ])
  })

  it.each([NaN, Infinity])('names the example whose inputs hold %d', async (bad) => {
    await expect(inMemory(splitWith([1, 2, 3, bad, 5, 6]))).rejects.toThrow(
      new RangeError(`mine.npz: required finite inputs, found ${bad} in example 8`),
    )
  })
})
