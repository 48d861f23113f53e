import { keyOf } from '@coherent-gradients/core'
import { describe, expect, it } from 'vitest'
import { splitLaws } from '../split-laws.test-support.ts'
import { difficultySplit, type DifficultyOptions } from './difficulty-split.ts'
import { gaussianSplit } from './gaussian-split.ts'
import { toySplit } from './toy-split.ts'

const key = keyOf('synthetic')

/** α of gradients −y·x at w = 0 of a linear model under the square loss, by its definition. */
function alphaAtZero(rows: readonly (readonly number[])[]): number {
  const mean = rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length)
  const square = (row: readonly number[]): number => row.reduce((sum, value) => sum + value ** 2, 0)
  return square(mean) / (rows.reduce((sum, row) => sum + square(row), 0) / rows.length)
}

describe('toySplit', () => {
  splitLaws('toySplit', async () => toySplit('L').train)
  it.each([
    ['L', 5 / 8, [0, 0, 0, 0, -1, -1]],
    ['M', 1 / 4, [0, 0, 0, 0, -1, 0]],
  ] as const)('%s has the examples and the coherence of the paper', async (which, alpha, fifth) => {
    const { train, test } = toySplit(which)
    const { inputs, labels } = await train.read(train.ids)
    const rows = Array.from(labels, (label, i) =>
      [...inputs.subarray(6 * i, 6 * i + 6)].map((x) => x * (2 * label - 1)),
    )
    expect(alphaAtZero(rows)).toBeCloseTo(alpha, 12)
    const held = await test.read(test.ids)
    expect([[...held.inputs], [...held.labels], [...held.ids]]).toEqual([fifth, [0], [4]])
    expect(() => toySplit('N' as never)).toThrow(/L or M, found N/)
  })
})

describe('gaussianSplit', () => {
  const make = (n: number) =>
    gaussianSplit({ key, n, inputShape: [5, 4, 1], classes: 3, mean: 2, standardDeviation: 0.5 })
  splitLaws('gaussianSplit', async () => make(9))
  it('has the mean and deviation that it is told, and all classes', async () => {
    const split = make(500)
    const { inputs, labels } = await split.read(split.ids)
    const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length
    expect(mean).toBeCloseTo(2, 1)
    expect(Math.sqrt(inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / inputs.length)).toBeCloseTo(0.5, 1)
    expect(new Set(labels).size).toBe(3)
    expect(() => make(-1)).toThrow(/examples ≥ 0, found -1/)
  })
})

describe('difficultySplit', () => {
  const make = (options: Partial<DifficultyOptions> = {}) =>
    difficultySplit({ key, n: 40, features: 64, classes: 4, common: 0.25, ...options })
  splitLaws('difficultySplit', async () => make({ common: [0, 1] }))

  const agreement = async (options: Partial<DifficultyOptions>): Promise<number> => {
    const split = make(options)
    const { inputs, labels } = await split.read(split.ids)
    let [sum, pairs] = [0, 0]
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < i; j++) {
        if (labels[i] !== labels[j]) continue
        for (let f = 0; f < 64; f++) sum += (inputs[64 * i + f]! * inputs[64 * j + f]!) / 64
        pairs++
      }
    }
    return sum / pairs
  }
  it('gives examples of a class as much in common as it is told', async () => {
    expect(await agreement({ common: 1 })).toBe(1)
    expect(await agreement({ common: 0.5 })).toBeCloseTo(0.5, 1)
    expect(await agreement({ common: 0 })).toBeCloseTo(0, 1)
  })
  it('has other examples of the same classes in another part', async () => {
    const [train, test] = [make({ common: 1 }), make({ common: 1, part: 'test' })]
    const [a, b] = [await train.read(train.ids), await test.read(test.ids)]
    const pattern = ({ inputs, labels }: typeof a, label: number): string => {
      const row = labels.indexOf(label)
      return String(inputs.subarray(64 * row, 64 * row + 64))
    }
    for (let label = 0; label < 4; label++) expect(pattern(a, label)).toBe(pattern(b, label))
    expect(String(a.labels)).not.toBe(String(b.labels))
  })
  it.each([
    [{ common: 1.5 }, /found 1\.5 and 1\.5/],
    [{ common: [0.5, 0.2] as const }, /found 0\.5 and 0\.2/],
    [{ features: 0 }, /features ≥ 1, found 0/],
  ])('refuses %j', (options, line) => {
    expect(() => make(options)).toThrow(line)
  })
})
