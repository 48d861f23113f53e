import { expect, it } from 'vitest'
import { formatMilliseconds } from './format-milliseconds.ts'

it.each([
  [1, '1.0 ms'],
  [0.0123, '0.012 ms'],
  [1.234, '1.2 ms'],
  [9.96, '10 ms'],
  [99.4, '99 ms'],
  [99.6, '100 ms'],
  [123.4, '123 ms'],
  [1752.3, '1,750 ms'],
  [1_234_567, '1,230,000 ms'],
])('prints %d as %s', (milliseconds, text) => {
  expect(formatMilliseconds(milliseconds)).toBe(text)
})
