import { describe, expect } from 'vitest'
import { fc, it } from '@fast-check/vitest'
import { nastyStacks, nonFiniteStacks, nonZero, stacks } from './index.ts'

const isFloat32 = (x: number): boolean => Object.is(Math.fround(x), x)

describe('generators', () => {
  it.prop([stacks()])('a stack has 1 to 8 rows of 4 float32 numbers', (rows) => {
    expect(rows.length).toBeGreaterThanOrEqual(1)
    expect(rows.length).toBeLessThanOrEqual(8)
    for (const row of rows) {
      expect(row).toHaveLength(4)
      expect(row.every((x) => isFloat32(x) && Number.isFinite(x))).toBe(true)
    }
  })

  it.prop([stacks({ rows: 3, columns: { min: 2, max: 5 } })])('a stack has the shape that was asked for', (rows) => {
    expect(rows).toHaveLength(3)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    expect(rows[0]!.length).toBeGreaterThanOrEqual(2)
    expect(rows[0]!.length).toBeLessThanOrEqual(5)
  })

  it.prop([nonZero()])('a factor is finite and not zero', (c) => {
    expect(Math.abs(c)).toBeGreaterThanOrEqual(1 / 1024)
    expect(isFloat32(c)).toBe(true)
  })

  it('both signs of a factor come up', () => {
    expect(new Set(fc.sample(nonZero(), 100).map(Math.sign))).toEqual(new Set([-1, 1]))
  })
})

describe('nasty stacks', () => {
  it.each(nastyStacks)('$name: a rectangle of finite float32 numbers', ({ rows }) => {
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row).toHaveLength(rows[0]!.length)
      expect(row.filter((x) => !isFloat32(x) || !Number.isFinite(x))).toEqual([])
    }
  })

  it.each(nonFiniteStacks)('$name: row $firstBadRow is the first that is not finite', ({ rows, firstBadRow }) => {
    expect(rows.findIndex((row) => !row.every(Number.isFinite))).toBe(firstBadRow)
  })
})
