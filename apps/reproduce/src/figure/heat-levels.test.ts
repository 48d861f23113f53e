import { expect, it } from 'vitest'
import { heatColours, heatLevel } from './heat-levels.ts'

const lightness = (colour: string): number =>
  [0.2126, 0.7152, 0.0722].reduce(
    (sum, weight, i) => sum + weight * parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16),
    0,
  )

it('gets darker from level to level, so that it can be read without colours', () => {
  expect(heatColours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true)
  const lightnesses = heatColours.map(lightness)
  expect(lightnesses).toEqual(lightnesses.toSorted((a, b) => b - a))
  expect(new Set(lightnesses).size).toBe(heatColours.length)
})

it('gives what lies beyond the domain the colour of its end, and NaN none', () => {
  const last = heatColours.length - 1
  expect([-5, 0, 1, 7, Infinity].map((value) => heatLevel(value, [0, 1]))).toEqual([0, 0, last, last, last])
  expect(heatLevel(Number.NaN, [0, 1])).toBeUndefined()
})
