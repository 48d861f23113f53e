import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fill, signedColumn } from './signed-column.ts'
import { sizeOfRank } from './size-of-rank.ts'

describe('sizeOfRank', () => {
  test.prop([
    fc.array(fc.float({ min: 2 ** -149, noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 300 }),
  ])('is the value at that place after sorting', (numbers) => {
    const values = Float32Array.from(numbers)
    const column = signedColumn(values.length)
    fill(column, new Int32Array(values.buffer), 0, values.length)
    const sorted = values.toSorted()
    for (let rank = 0; rank < values.length; rank += 1 + (values.length >> 4)) {
      expect(sizeOfRank(column.above, rank)).toBe(sorted[rank])
    }
  })
})
