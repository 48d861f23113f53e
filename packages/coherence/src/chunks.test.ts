import { fc, it } from '@fast-check/vitest'
import { stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  canonicalChunks,
  chunksOfShard,
  monoid,
  statisticOfBlocks,
  statisticSum,
  type Chunk,
  type GradientStatistic,
} from './index.ts'

const statisticOf = (rows: readonly (readonly number[])[]): GradientStatistic =>
  statisticOfBlocks([
    { name: 'a/kernel', rows: rows.map((row) => row.slice(0, 2)) },
    { name: 'a/bias', rows: rows.map((row) => row.slice(2)) },
  ])

const sumOf = (statistics: readonly GradientStatistic[]): GradientStatistic => {
  const sum = statisticSum()
  for (const each of statistics) sum.add(each)
  return sum.total()
}

const counts = fc.integer({ min: 1, max: 200_000 })

describe('canonicalChunks', () => {
  it.prop([counts, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 40 })])(
    'covers every example once, in order, in no more chunks than allowed',
    (m, examples, chunks) => {
      const found = canonicalChunks(m, { examples, chunks })
      expect(found.length).toBeLessThanOrEqual(chunks)
      expect(found[0]!.from).toBe(0)
      expect(found.at(-1)!.to).toBe(m)
      found.slice(1).forEach(({ from }, c) => expect(from).toBe(found[c]!.to))
      const sizes = found.map(({ from, to }) => to - from)
      expect(new Set(sizes.slice(0, -1)).size).toBeLessThanOrEqual(1)
      expect(sizes[0]! % examples === 0 || sizes.length === 1).toBe(true)
    },
  )

  it('makes one chunk of a thousand, and 25 of the paper’s 50,000', () => {
    expect(canonicalChunks(1000)).toEqual([{ from: 0, to: 1000 }])
    expect(canonicalChunks(50_000).length).toBe(25)
    expect(() => canonicalChunks(0)).toThrow(/required a whole number ≥ 1 as m, found 0/)
  })
})

describe('chunksOfShard', () => {
  it.prop([counts, fc.integer({ min: 1, max: 50 })])('gives every chunk to one shard, in order', (m, shards) => {
    const chunks = canonicalChunks(m)
    const parts = Array.from({ length: shards }, (_, k) => chunksOfShard(chunks, k + 1, shards))
    expect(parts.flat()).toEqual(chunks)
    const sizes = parts.map((part) => part.length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  it.each([0, 6, 1.5])('refuses shard %d of 5', (shard) => {
    expect(() => chunksOfShard([], shard, 5)).toThrow(/required a shard from 1 to 5, found/)
  })
})

describe('statisticSum', () => {
  it.prop([fc.array(stacks({ columns: 3 }), { minLength: 1, maxLength: 6 })])(
    'gives the bytes of concat from the left, and leaves what it adds as it was',
    (parts) => {
      const statistics = parts.map(statisticOf)
      const before = structuredClone(statistics)
      expect(sumOf(statistics)).toEqual(statistics.reduce((left, right) => monoid.concat(left, right), monoid.empty))
      expect(statistics).toEqual(before)
    },
  )

  it.prop([
    fc.array(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 40,
    }),
    fc.integer({ min: 1, max: 6 }),
  ])('gives the same bytes for any sharding on chunk boundaries', (rows, shards) => {
    const chunks = canonicalChunks(rows.length, { examples: 3, chunks: 8 })
    const statisticOfChunk = ({ from, to }: Chunk): GradientStatistic => statisticOf(rows.slice(from, to))
    const alone = sumOf(chunks.map(statisticOfChunk))
    const parts = Array.from({ length: shards }, (_, k) => chunksOfShard(chunks, k + 1, shards).map(statisticOfChunk))
    expect(sumOf(parts.flat())).toEqual(alone)
  })

  it('leaves a total as it is when more is added', () => {
    const sum = statisticSum()
    const [one, two] = [statisticOf([[1, 2, 3]]), statisticOf([[4, 5, 6]])]
    const totals = [one, two, one, two].map((statistic) => {
      sum.add(statistic)
      return sum.total()
    })
    expect(totals.map(({ blocks }) => [...blocks[0]!.sum])).toEqual([
      [1, 2],
      [5, 7],
      [6, 9],
      [10, 14],
    ])
    expect([one, two]).toEqual([statisticOf([[1, 2, 3]]), statisticOf([[4, 5, 6]])])
  })

  it('is empty where nothing was added, matches weights by name and refuses others', () => {
    expect(sumOf([])).toEqual(monoid.empty)
    const [one, two] = [statisticOf([[1, 2, 3]]), statisticOf([[4, 5, 6]])]
    expect(sumOf([one, { ...two, blocks: two.blocks.toReversed() }])).toEqual(monoid.concat(one, two))
    const other = statisticOfBlocks([{ name: 'b/kernel', rows: [[1]] }])
    expect(() => sumOf([one, other])).toThrow(/required the same weights/)
  })
})
