import { expect, it } from 'vitest'
import { lossOf } from './loss-of.ts'

it('is cross-entropy unless a spec says another loss', () => {
  expect(lossOf(undefined).name).toBe('softmaxCrossEntropy')
  expect(lossOf({ loss: 'smoothed-cross-entropy', smoothing: 0.2 }).name).toBe('smoothedCrossEntropy(0.2)')
  expect(lossOf({ loss: 'generalized-cross-entropy', q: 0.7 }).name).toBe('generalizedCrossEntropy(0.7)')
})
