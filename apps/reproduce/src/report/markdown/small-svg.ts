import { figureToSvg } from '../../figure/figure-to-svg.ts'
import type { Figure, Series } from '../../figure/figure.ts'

/** Characters that a drawing in the repository may have. */
export const LARGEST_DRAWING = 200_000

export interface SmallSvg {
  readonly svg: string
  /** What is left out of it, for its caption. */
  readonly remark?: string
}

/**
 * A figure as an SVG that a repository can hold. Where the whole drawing is too large, its coordinates are rounded to a tenth of
 * a unit, which nobody sees; where that isn't enough, each seed's own curve is left out, and the remark says so.
 *
 * @param largest characters that it may have.
 */
export function smallSvg(figure: Figure, largest: number = LARGEST_DRAWING): SmallSvg {
  const whole = figureToSvg(figure)
  if (whole.length <= largest) return { svg: whole }
  const coarse = inTenths(whole)
  if (coarse.length <= largest || !hasSeeds(figure)) return { svg: coarse }
  return { svg: inTenths(figureToSvg(withoutSeeds(figure))), remark: 'Each seed’s own curve is left out here.' }
}

/** Coordinates of paths to a tenth of a unit. */
function inTenths(svg: string): string {
  return svg.replaceAll(/ d="[^"]*"/g, (path) =>
    path.replaceAll(/-?\d+\.\d+/g, (x) => String(Math.round(10 * Number(x)) / 10)),
  )
}

function hasSeeds({ rows }: Figure): boolean {
  return rows.some((row) => row.some(({ series }) => series.some(({ seeds }) => seeds !== undefined)))
}

function withoutSeeds(figure: Figure): Figure {
  const rows = figure.rows.map((row) => row.map((panel) => ({ ...panel, series: panel.series.map(withoutOwn) })))
  return { ...figure, rows }
}

function withoutOwn(series: Series): Series {
  const { seeds: _, ...rest } = series
  return rest
}
