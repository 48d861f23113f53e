import { describe, expect, it } from 'vitest'
import { coherenceRows, layers, monoid, statisticOfBlocks, summarise } from './index.ts'

const rows = (...numbers: number[]): { m: number; data: Float64Array } => ({
  m: 2,
  data: Float64Array.from(numbers),
})
const statistic = statisticOfBlocks([
  { name: 'a/kernel', rows: rows(1, 2, 3, 4) },
  { name: 'b/kernel', rows: rows(1, -1) },
  { name: 'a/bias', rows: rows(0, 1) },
])

describe('coherenceRows', () => {
  it('has what summarise and layers say, the whole network first', () => {
    const found = coherenceRows(statistic, { step: 3, epoch: 1, loss: 0.5, split: 'test', population: 'pristine' })
    expect(found.map(({ scope }) => scope)).toEqual(['all', 'layer:a', 'layer:b'])
    expect(found[0]).toEqual({
      step: 3,
      epoch: 1,
      loss: 0.5,
      split: 'test',
      population: 'pristine',
      scope: 'all',
      ...summarise(statistic),
      standardError: null,
      imputed: false,
      elapsedMs: 0,
    })
    for (const [i, { layer: _layer, share: _share, ...summary }] of layers(statistic).entries()) {
      expect(found[i + 1]).toMatchObject(summary)
    }
  })

  it('is of all training examples unless said, and refuses an empty statistic', () => {
    const [row] = coherenceRows(statistic, { step: 0, epoch: 0, loss: null })
    expect(row).toMatchObject({ split: 'train', population: 'all', loss: null })
    expect(() => coherenceRows(monoid.empty, { step: 0, epoch: 0, loss: null })).toThrow(/required m ≥ 1, found 0/)
  })
})
