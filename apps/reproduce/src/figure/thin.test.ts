import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { thinBand } from './thin-band.ts'
import { thinDots } from './thin-dots.ts'
import { thinLine } from './thin-line.ts'

const pixel = fc.double({ min: 0, max: 20, noNaN: true })
const line = fc.array(fc.tuple(pixel, fc.oneof({ weight: 9, arbitrary: pixel }, fc.constant(NaN))), { maxLength: 200 })
const columnOf = ([x]: readonly [number, number]): number => Math.floor(x)
const finite = (points: readonly (readonly [number, number])[]) => points.filter(([, y]) => !Number.isNaN(y))

describe('thinLine', () => {
  test.prop([line])('keeps only points of the line, in order, and each column’s extremes', (points) => {
    const kept = finite(thinLine(points))
    let from = 0
    for (const point of kept) {
      from = points.findIndex(([x, y], i) => i >= from && x === point[0] && y === point[1])
      expect(from).toBeGreaterThanOrEqual(0)
    }
    const extremes = (some: readonly (readonly [number, number])[], column: number): readonly number[] => {
      const ys = some.filter((point) => columnOf(point) === column).map(([, y]) => y)
      return [Math.min(...ys), Math.max(...ys)]
    }
    for (const column of new Set(finite(points).map(columnOf))) {
      expect(extremes(kept, column)).toEqual(extremes(finite(points), column))
    }
  })

  it('keeps at most four points a column of a line that goes one way', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => [i / 100, Math.sin(i)] as const)
    expect(thinLine(points).length).toBeLessThanOrEqual(400)
  })

  it('keeps a break, once, and none at the start', () => {
    expect(
      thinLine([
        [0, NaN],
        [1, 1],
        [2, NaN],
        [3, NaN],
        [4, 2],
      ]),
    ).toEqual([
      [1, 1],
      [NaN, NaN],
      [4, 2],
    ])
  })
})

describe('thinDots', () => {
  test.prop([line])('leaves a dot within half a pixel of every dot', (points) => {
    const kept = thinDots(points)
    for (const [x, y] of finite(points)) {
      expect(kept.some(([a, b]) => Math.abs(a - x) <= 0.5 && Math.abs(b - y) <= 0.5)).toBe(true)
    }
  })
})

describe('thinBand', () => {
  it('covers all intervals of a column', () => {
    expect(
      thinBand([
        [0.1, 5, 2],
        [0.9, 3, 8],
        [1.1, 1, 2],
        [2, NaN, 1],
      ]),
    ).toEqual([
      [0.1, 2, 8],
      [1.1, 1, 2],
    ])
  })
})
