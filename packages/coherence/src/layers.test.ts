import { it } from '@fast-check/vitest'
import { stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { alpha, byLayer, byName, layers, monoid, statisticOfBlocks, summarise, weights } from './index.ts'

const network = (rows: readonly (readonly number[])[]): ReturnType<typeof statisticOfBlocks> =>
  statisticOfBlocks([
    { name: 'dense_1/kernel', rows: rows.map((row) => row.slice(0, 2)) },
    { name: 'dense_1/bias', rows: rows.map((row) => row.slice(2, 3)) },
    { name: 'scale', layer: 'dense_2', rows: rows.map((row) => row.slice(3)) },
  ])

describe('layers and weights', () => {
  it.prop([stacks()])('combine to the whole network’s α', (rows) => {
    const statistic = network(rows)
    for (const parts of [layers(statistic), weights(statistic)]) {
      const combined = parts.reduce((sum, part) => sum + part.share * part.alpha, 0)
      expect(combined).toBeAllClose(alpha(statistic), { rtol: 1e-10 })
      const shares = parts.reduce((sum, part) => sum + part.share, 0)
      expect(shares).toBeAllClose(rows.flat().every((x) => x === 0) ? 0 : 1)
    }
  })

  it.prop([stacks()])('are what the selectors choose', (rows) => {
    const statistic = network(rows)
    expect(layers(statistic).map((part) => [part.layer, part.alpha])).toEqual(
      ['dense_1', 'dense_2'].map((layer) => [layer, alpha(statistic, byLayer(layer))]),
    )
    expect(weights(statistic)[1]).toMatchObject({ layer: 'dense_1', ...summarise(statistic, byName('dense_1/bias')) })
    expect(alpha(statistic, byLayer('dense_1', 'dense_2'))).toBe(alpha(statistic))
    expect(alpha(statistic, byName('dense_1/kernel', 'dense_1/bias'))).toBe(alpha(statistic, byLayer('dense_1')))
  })

  it('refuse an empty statistic', () => {
    expect(() => layers(monoid.empty)).toThrow(/required m ≥ 1, found 0/)
    expect(() => weights(monoid.empty)).toThrow(/required m ≥ 1, found 0/)
  })
})
