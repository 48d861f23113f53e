import { expect, it } from 'vitest'
import { withMinus } from './with-minus.ts'

it.each([
  ['-0', '0'],
  ['-0.0', '0.0'],
  ['-0.0%', '0.0%'],
  ['-0.00 points', '0.00 points'],
  ['-0.01', '−0.01'],
  ['-10.0%', '−10.0%'],
  ['-0.5 points', '−0.5 points'],
  ['-1.2e-7', '−1.2e−7'],
  ['-0e-7', '−0e−7'],
  ['0.0', '0.0'],
  ['12', '12'],
])('shows %s as %s', (number, words) => {
  expect(withMinus(number)).toBe(words)
})
