import { expect, it } from 'vitest'
import { relativeError } from './index.ts'

it('relativeError is measured in the norm of the whole vector', () => {
  expect(relativeError([3, 4.5], [3, 4])).toBeCloseTo(0.1, 12)
  expect(relativeError([[3], new Float32Array([4.5])], [3, 4])).toBeCloseTo(0.1, 12)
  expect(relativeError(2, 1)).toBe(1)
  expect(relativeError([0, 0], [0, 0])).toBe(0)
  expect(relativeError([1], [0])).toBe(Infinity)
  expect(relativeError([NaN, 1], [1, 1])).toBeNaN()
  expect(relativeError([1e300, 1e300], [2e300, 2e300])).toBeCloseTo(0.5, 12)
  expect(() => relativeError([1], [1, 2])).toThrow(/required 2 elements, found 1/)
})
