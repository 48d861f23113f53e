import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { rankCorrelation } from './rank-correlation.ts'

describe('rankCorrelation', () => {
  it('is the known one, ties and all', () => {
    // From SciPy 1.x, scipy.stats.spearmanr.
    expect(rankCorrelation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 'pairs')!.estimate).toBeCloseTo(0.8207826816681233, 12)
    expect(rankCorrelation([1, 2, 3, 4], [9, 7, 5, 3], 'pairs')!.estimate).toBe(-1)
  })

  test.prop([fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 20 })])(
    'lies inside its interval, and turns with the order',
    (pairs) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
      const found = rankCorrelation(a, b, 'pairs')
      const turned = rankCorrelation(
        a.map((x) => -x),
        b,
        'pairs',
      )
      expect(found === undefined).toBe(turned === undefined)
      if (found === undefined) return
      expect(found.low <= found.estimate + 1e-5 && found.estimate <= found.high + 1e-5).toBe(true)
      expect(turned!.estimate).toBeCloseTo(-found.estimate, 12)
      expect(found.estimate >= -1 - 1e-12 && found.estimate <= 1 + 1e-12).toBe(true)
    },
  )

  it('is nothing of three pairs or of a list that does not vary, and refuses unequal lists', () => {
    expect(rankCorrelation([1, 2, 3], [1, 2, 3], 'pairs')).toBeUndefined()
    expect(rankCorrelation([1, 1, 1, 1], [1, 2, 3, 4], 'pairs')).toBeUndefined()
    expect(() => rankCorrelation([1], [], 'pairs')).toThrow(/found 1 and 0/)
  })
})
