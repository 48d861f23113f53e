import { keyOf } from '@coherent-gradients/core'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { cropPlan } from './crop-plan.ts'

const key = keyOf('crops')
const side = (): fc.Arbitrary<number> => fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6000 }))

describe('cropPlan', () => {
  test.prop([side(), side(), fc.boolean(), fc.nat(9), fc.nat(9)])(
    'stays inside the picture and ends in the crop',
    (width, height, centre, epoch, id) => {
      const how = centre
        ? ({ kind: 'centre-crop', resize: 256, crop: 224 } as const)
        : ({ kind: 'random-crop', crop: 224 } as const)
      const { before, scaled, after } = cropPlan(width, height, how, { key, epoch, id })
      const inside = (part: typeof before, whole: { width: number; height: number }): void => {
        expect([part.left, part.top].every((at) => Number.isInteger(at) && at >= 0)).toBe(true)
        expect([part.width, part.height].every((length) => Number.isInteger(length) && length >= 1)).toBe(true)
        expect(part.left + part.width <= whole.width && part.top + part.height <= whole.height).toBe(true)
      }
      inside(before, { width, height })
      inside(after, scaled)
      expect([after.width, after.height]).toEqual([224, 224])
      expect(scaled.width * scaled.height).toBeLessThan(256 * 256 * 9)
    },
  )

  it('draws areas evenly, ratios evenly in their logarithm, and mirrors half', () => {
    const plans = Array.from({ length: 4000 }, (_, id) =>
      cropPlan(4000, 4000, { kind: 'random-crop', crop: 224, area: [0.08, 0.5] }, { key, epoch: 3, id }),
    )
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    const shares = plans.map(({ before }) => (before.width * before.height) / 4000 ** 2)
    expect(mean(shares)).toBeCloseTo(0.29, 1)
    expect(Math.min(...shares)).toBeGreaterThan(0.079)
    const ratios = plans.map(({ before }) => Math.log(before.width / before.height))
    expect(Math.abs(mean(ratios))).toBeLessThan(0.02)
    expect(Math.max(...ratios)).toBeLessThan(Math.log(4 / 3) + 0.002)
    expect(mean(ratios.map((ratio) => ratio ** 2))).toBeCloseTo(Math.log(4 / 3) ** 2 / 3, 2)
    expect(Math.abs(mean(plans.map(({ mirrored }) => Number(mirrored))) - 0.5)).toBeLessThan(0.04)
  })

  it('is another one in each epoch and for each example, and the same each time', () => {
    const how = { kind: 'random-crop', crop: 8 } as const
    const plan = (epoch: number, id: number): string => JSON.stringify(cropPlan(500, 375, how, { key, epoch, id }))
    expect(plan(1, 2)).toBe(plan(1, 2))
    expect(new Set([plan(1, 2), plan(2, 1), plan(0, 2), plan(1, 1)]).size).toBe(4)
  })
})
