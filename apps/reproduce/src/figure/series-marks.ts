import * as Plot from '@observablehq/plot'
import { boxScale } from './box-scale.ts'
import type { Series } from './figure.ts'
import type { Box } from './layout.ts'
import { thinBand } from './thin-band.ts'
import { thinDots } from './thin-dots.ts'
import { thinLine } from './thin-line.ts'

/**
 * The Plot marks of one series, thinned to what the panel's pixels can show: its band, each seed's line
 * or dots, its own line, its dots.
 *
 * @param clip whether something lies outside of the frame and is cut off there.
 */
export function seriesMarks(box: Box, series: Series, colour: string, clip: boolean): Plot.Markish[] {
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const bottom = box.y.axis.reverse === true ? 0 : box.height
  const toPixels = (points: Series['points']): [number, number][] =>
    points.map(([a, b]) => [x.toPixel(a), y.toPixel(b)])
  const pixels = toPixels(series.points)
  const back = ([a, b]: readonly [number, number]): [number, number] => [x.toValue(a), y.toValue(b)]
  // An interval that reaches zero goes down to the edge of a logarithmic panel.
  const edge = (value: number): number => (value <= 0 && Number.isNaN(y.toPixel(value)) ? bottom : y.toPixel(value))

  const marks: Plot.Markish[] = []
  if (series.band !== undefined) {
    const band = thinBand(series.band.map(([a, low, high]) => [x.toPixel(a), edge(low), edge(high)])).map(
      ([a, low, high]) => [x.toValue(a), y.toValue(low), y.toValue(high)],
    )
    marks.push(Plot.areaY(band, { x: '0', y1: '1', y2: '2', fill: colour, fillOpacity: 0.2, clip }))
  }
  for (const seed of (series.seeds ?? []).map(toPixels)) {
    const faint = { x: '0', y: '1', clip } as const
    if (series.mark === 'dots') {
      marks.push(
        Plot.dot(thinDots(seed).map(back), { ...faint, r: 1.4, fill: 'none', stroke: colour, strokeWidth: 0.8 }),
      )
    } else {
      marks.push(
        Plot.line(thinLine(seed).map(back), { ...faint, stroke: colour, strokeWidth: 0.7, strokeOpacity: 0.55 }),
      )
    }
  }
  if (series.mark !== 'dots') {
    const line = thinLine(pixels)
    // A curve of more than a point a pixel is a noisy one; with less ink it leaves the others to be seen.
    const strokeWidth = line.length > box.width ? 0.9 : 1.6
    const dash = series.dash === true ? { strokeDasharray: '5 3' } : {}
    const ink = { stroke: colour, strokeWidth, strokeLinecap: 'round', strokeLinejoin: 'round', ...dash } as const
    marks.push(Plot.line(line.map(back), { x: '0', y: '1', clip, ...ink }))
  }
  if (series.mark !== 'line') {
    const r = series.mark === 'dots' ? 1.8 : 2.2
    marks.push(Plot.dot(thinDots(pixels).map(back), { x: '0', y: '1', r, fill: colour, stroke: 'none', clip }))
  }
  return marks
}
