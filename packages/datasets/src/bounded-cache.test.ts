import { describe, expect, it } from 'vitest'
import { boundedCache } from './bounded-cache.ts'

describe('boundedCache', () => {
  it('keeps what fits, and that for good', () => {
    const cache = boundedCache(20)
    for (const id of [5, 6, 7]) cache.offer(id, Float32Array.of(id, id))
    expect([5, 6, 7].map((id) => cache.get(id))).toEqual([Float32Array.of(5, 5), Float32Array.of(6, 6), undefined])
    cache.offer(8, Float32Array.of(8))
    expect(cache.get(8)).toEqual(Float32Array.of(8))
  })

  it('keeps a copy', () => {
    const cache = boundedCache(8)
    const array = Float32Array.of(1)
    cache.offer(0, array)
    array[0] = 2
    expect(cache.get(0)).toEqual(Float32Array.of(1))
  })
})
