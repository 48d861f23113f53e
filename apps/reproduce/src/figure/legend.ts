import { escapeMarkup } from '../text/escape-markup.ts'
import type { Figure, Series } from './figure.ts'
import { formatTicks } from './format-tick.ts'
import { heatColours } from './heat-levels.ts'
import { sizes } from './layout.ts'
import { inks, ruleDash } from './palette.ts'
import { textWidth } from './text-width.ts'

const rowHeight = 20

interface Entry {
  readonly name: string
  readonly colour: string
  readonly mark: Series['mark'] | 'ramp'
  readonly dash?: string
}

/**
 * What a legend shows: every series that has points once, in reading order, then the colours of heat maps and the
 * reference rules that panels have no room to label.
 *
 * @param rules the labels of those.
 */
export function legendEntries(
  figure: Figure,
  colourOf: (series: Series) => string,
  rules: readonly string[],
): readonly Entry[] {
  const panels = figure.rows.flat()
  const entries = new Map<string, Entry>()
  const add = (entry: Entry): void => {
    const key = JSON.stringify([entry.name, entry.colour, entry.dash])
    if (!entries.has(key)) entries.set(key, entry)
  }
  for (const series of panels.flatMap((panel) => panel.series)) {
    const { name, mark, dash, points, seeds = [] } = series
    if (points.length === 0 && seeds.length === 0) continue
    add({ name, colour: colourOf(series), mark, ...(dash === true ? { dash: '5 3' } : {}) })
  }
  for (const { heat } of panels) {
    if (heat === undefined) continue
    const [low, high] = formatTicks(heat.domain)
    add({ name: `${heat.label}, ${low} to ${high}`, colour: '', mark: 'ramp' })
  }
  for (const name of rules) add({ name, colour: inks.muted.light, mark: 'line', dash: ruleDash })
  return [...entries.values()]
}

const sampleWidth = ({ mark }: Entry): number => ({ dots: 8, line: 24, 'line-and-dots': 24, ramp: 128 })[mark]

function place(entries: readonly Entry[], width: number): { entry: Entry; x: number; y: number }[] {
  let [x, y] = [0, 0]
  return entries.map((entry) => {
    const needs = sampleWidth(entry) + 6 + textWidth(entry.name, sizes.label) * 1.05
    if (x > 0 && x + needs > width) [x, y] = [0, y + rowHeight]
    const placed = { entry, x, y }
    x = Math.round(x + needs + 16)
    return placed
  })
}

/** How high {@link drawLegend} comes out. */
export function legendHeight(entries: readonly Entry[], width: number): number {
  return entries.length === 0 ? 0 : place(entries, width).at(-1)!.y + rowHeight
}

/** The legend in rows of at most `width`: for every entry a short piece of its curve and its name. */
export function drawLegend(entries: readonly Entry[], width: number): string {
  return place(entries, width)
    .map(({ entry, x, y }) => {
      const { name, colour, mark, dash } = entry
      const middle = y + rowHeight / 2
      const end = x + sampleWidth(entry)
      const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`
      const line = `<line x1="${x}" x2="${end}" y1="${middle}" y2="${middle}" stroke="${colour}" stroke-width="2"${dashes}/>`
      const dot = `<circle cx="${(x + end) / 2}" cy="${middle}" r="3" fill="${colour}"/>`
      const step = (end - x) / heatColours.length
      const ramp = heatColours.map(
        (each, i) => `<rect x="${x + i * step}" y="${middle - 5}" width="${step}" height="10" fill="${each}"/>`,
      )
      const text = `<text x="${end + 6}" y="${middle}" dy="0.35em" fill="${inks.ink.light}">${escapeMarkup(name)}</text>`
      if (mark === 'ramp') return `<g shape-rendering="crispEdges">${ramp.join('')}</g>${text}`
      return `${mark === 'dots' ? '' : line}${mark === 'line' ? '' : dot}${text}`
    })
    .join('')
}
