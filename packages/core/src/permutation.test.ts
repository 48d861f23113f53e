import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { derive } from './derive.ts'
import { keyOf } from './key-of.ts'
import { permutation } from './permutation.ts'
import { digest } from './statistics-of-draws.test-support.ts'

describe('permutation', () => {
  test.prop([fc.integer(), fc.nat(200)])('holds each of 0 to n − 1 once', (seed, n) => {
    expect([...permutation(keyOf(seed), n)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
  })

  test('gives each of the 24 orders of four things its share', () => {
    const draws = 24_000
    const counts = new Map<string, number>()
    for (let id = 0; id < draws; id++) {
      const order = String(permutation(derive(keyOf('orders'), id), 4))
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - draws / 24) ** 2 / (draws / 24), 0)
    expect(chiSquare).toBeLessThan(66) // 23 degrees of freedom: once in 10⁵
  })

  test('is pinned: these bytes never change', () => {
    expect([...permutation(keyOf('golden'), 10)]).toMatchInlineSnapshot(`
      [
        1,
        5,
        9,
        8,
        4,
        0,
        7,
        3,
        6,
        2,
      ]
    `)
    expect(digest(permutation(keyOf('golden'), 60_000))).toMatchInlineSnapshot(
      `"d44ffd507fe39086a2d60a2ddde6dee4b2a8804c1200e322bbff00762f6c4559"`,
    )
  })
})
