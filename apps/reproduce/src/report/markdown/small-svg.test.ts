import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../../figure/figure-to-svg.ts'
import type { Figure, Series } from '../../figure/figure.ts'
import { LARGEST_DRAWING, smallSvg } from './small-svg.ts'

/** Panels full of lines that turn at each of their points. */
function figureOf(panels: number, seeds: number): Figure {
  const wave = (phase: number): [number, number][] =>
    Array.from({ length: 400 }, (_, i) => [i / 7, Math.sin(i * 1.3 + phase)])
  const series: Series = {
    name: 'wave',
    mark: 'line',
    points: wave(0),
    seeds: Array.from({ length: seeds }, (_, seed) => wave(seed)),
  }
  const panel = { title: 'A panel', x: { label: 'x' }, y: { label: 'y' }, series: [series] }
  return { id: 'waves', title: 'Waves', caption: 'Waves.', rows: Array.from({ length: panels }, () => [panel]) }
}

describe('smallSvg', () => {
  const figure = figureOf(2, 2)
  const whole = figureToSvg(figure)
  const coarse = smallSvg(figure, whole.length - 1)

  it('draws as always what is small enough', () => {
    expect(whole.length).toBeLessThan(LARGEST_DRAWING)
    expect(smallSvg(figure)).toEqual({ svg: whole })
  })

  it('rounds coordinates where the drawing is too large', () => {
    expect(coarse.remark).toBeUndefined()
    expect(coarse.svg.length).toBeLessThan(0.9 * whole.length)
    const numbers = (text: string): readonly number[] =>
      [...text.matchAll(/ d="([^"]*)"/g)].flatMap(([, d]) => [...d!.matchAll(/-?[\d.]+/g)].map(Number))
    const [fine, rounded] = [numbers(whole), numbers(coarse.svg)]
    expect(rounded).toHaveLength(fine.length)
    expect(Math.max(...rounded.map((x, i) => Math.abs(x - fine[i]!)))).toBeLessThan(0.051)
  })

  it('leaves out each seed’s own curve where that is not enough, and says so', () => {
    const { svg, remark } = smallSvg(figure, coarse.svg.length - 1)
    expect(svg.length).toBeLessThan(0.6 * coarse.svg.length)
    expect(remark).toMatch(/seed/)
  })
})
