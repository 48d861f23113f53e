import { describe, expect, it } from 'vitest'
import { aheadOf } from './ahead-of.ts'

describe('aheadOf', () => {
  it('makes each value once, in order, and no more than one ahead', async () => {
    const made: number[] = []
    const values = aheadOf(async (step) => {
      made.push(step)
      return 10 * step
    }, 7)
    expect(await values(4)).toBe(40)
    expect(made).toEqual([4, 5])
    expect([await values(5), await values(6)]).toEqual([50, 60])
    expect(made).toEqual([4, 5, 6])
    expect(await values(2)).toBe(20)
  })
  it('fails in its turn, and not before', async () => {
    const values = aheadOf(async (step) => {
      if (step === 1) throw new Error('torn')
      return step
    }, 9)
    expect(await values(0)).toBe(0)
    await new Promise((resolve) => setImmediate(resolve))
    await expect(values(1)).rejects.toThrow('torn')
  })
})
