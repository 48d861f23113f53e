import { describe, expect, it } from 'vitest'
import type { Figure, Series } from './figure.ts'
import { hues, neutral } from './palette.ts'
import { seriesColours } from './series-colours.ts'

const figureOf = (...series: readonly Series[]): Figure => ({
  id: 'f',
  title: '',
  caption: '',
  rows: [[{ title: '', x: { label: 'x' }, y: { label: 'y' }, series }]],
})
const line = (name: string, role?: Series['role']): Series => ({
  name,
  mark: 'line',
  points: [],
  ...(role && { role }),
})
const [blue, vermilion, green, purple] = hues.map((hue) => hue.light)

describe('seriesColours', () => {
  it('gives the first pair of roles blue and vermilion, whichever pair it is', () => {
    const corrupt = line('b', 'corrupt')
    expect(seriesColours(figureOf(corrupt))(corrupt)).toBe(vermilion)
  })

  it('keeps two pairs of one figure apart', () => {
    const all = [line('a', 'test'), line('b', 'train'), line('c', 'random'), line('d', 'real'), line('e', 'neutral')]
    expect(all.map(seriesColours(figureOf(...all)))).toEqual([purple, green, vermilion, blue, neutral.light])
  })

  it('gives series of one name one colour that no role has', () => {
    const all = [line('a', 'train'), line('x'), line('y'), line('x')]
    const [, x, y, again] = all.map(seriesColours(figureOf(...all)))
    expect([x, y, again]).toEqual([green, purple, green])
  })
})
