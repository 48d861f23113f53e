import { wrapWords } from '../text/wrap-words.ts'
import { axisKey, figureDomains, type Direction, type Domain } from './domains.ts'
import type { Axis, Figure, Panel } from './figure.ts'
import { formatTick, formatTicks } from './format-tick.ts'
import { textWidth } from './text-width.ts'
import { linearTicks, logTicks, type Ticks } from './ticks.ts'

/** Font sizes in the drawing's own units; 960 units are about a page's width. */
export const sizes = { title: 16, panel: 12.5, label: 11, tick: 10, rule: 10 } as const

/** One axis of one panel as it will be drawn. */
interface DrawnAxis {
  readonly axis: Axis
  readonly domain: Domain
  readonly ticks: Ticks
  /** What the ticks say, one for each. */
  readonly tickLabels: readonly string[]
  /** Whether tick labels and the axis label are drawn; false where the neighbour's say the same. */
  readonly labelled: boolean
}

/** Where a panel's frame lies, and what is drawn around it. */
export interface Box {
  readonly panel: Panel
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly x: DrawnAxis
  readonly y: DrawnAxis
  /** False where the panel above has the same title: a column's head is drawn once. */
  readonly titled: boolean
  /** How far left of the frame the middle of the y axis's label stands. */
  readonly labelOffset: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly titleLines: readonly string[]
  /** Where the legend's first row begins, and how wide its rows may be. */
  readonly legend: { readonly left: number; readonly top: number; readonly width: number }
  readonly boxes: readonly Box[]
  /** Row labels with the middle of their row. */
  readonly rowLabels: readonly { readonly text: string; readonly y: number }[]
}

/** Frame sizes by the number of columns: a figure of any grid comes out at about a page's width. */
const frames: readonly (readonly [number, number])[] = [
  [520, 300],
  [380, 240],
  [270, 180],
  [206, 150],
  [160, 106],
]

/** Narrower frames have no room for a rule's label. */
const narrowest = 200

/** Whether a figure's reference rules are labelled where they stand or once, in the legend. */
export function ruleLabelPlace(figure: Figure): 'panel' | 'legend' {
  return frameSize(figure)[0] < narrowest ? 'legend' : 'panel'
}

function frameSize(figure: Figure): readonly [number, number] {
  const columns = Math.max(1, ...figure.rows.map((row) => row.length))
  return frames[Math.min(columns, frames.length) - 1]!
}

const gap = 16
const edge = 14

function drawnTicks(axis: Axis, [low, high]: Domain, direction: Direction, pixels: number): Ticks {
  const spacing = direction === 'x' ? 36 : 19
  if (axis.scale === 'log') return logTicks(low, high, pixels, spacing)
  return linearTicks(low, high, Math.min(8, Math.floor(pixels / (direction === 'x' ? 40 : 26))))
}

/** How far the label of a horizontal axis's outermost tick reaches beyond the frame, at its left or right. */
function tickOverhang({ axis, domain, ticks, tickLabels }: DrawnAxis, pixels: number, side: 'left' | 'right'): number {
  const atLow = (side === 'left') !== (axis.reverse === true)
  const tick = ticks.at(atLow ? 0 : -1)
  if (tick === undefined) return 0
  const place = (x: number): number => (axis.scale === 'log' ? Math.log(x) : x)
  const [low, high] = [place(domain[0]), place(domain[1])]
  const inside = (pixels * (atLow ? place(tick) - low : high - place(tick))) / (high - low)
  return textWidth(tickLabels.at(atLow ? 0 : -1)!, sizes.tick) / 2 - inside
}

/**
 * Places a figure's panels, pure arithmetic over {@link textWidth}. Tick labels and axis labels are drawn at the outside
 * only where the axis is the neighbour's, so that a grid of like panels isn't drowned in numbers.
 *
 * @param legendHeight how high the legend comes out in a given width.
 * @param heading whether the figure's title is drawn.
 */
export function layoutFigure(figure: Figure, heading: boolean, legendHeight: (width: number) => number): Layout {
  const domainOf = figureDomains(figure)
  const columns = Math.max(1, ...figure.rows.map((row) => row.length))
  const [width, height] = frameSize(figure)

  const drawn = (row: number, column: number, direction: Direction): DrawnAxis => {
    const axis = figure.rows[row]![column]![direction]
    const neighbour = direction === 'x' ? figure.rows[row + 1]?.[column] : figure.rows[row]![column - 1]
    const domain = domainOf(direction, axis)
    const ticks = drawnTicks(axis, domain, direction, direction === 'x' ? width : height)
    return {
      axis,
      domain,
      ticks,
      tickLabels: axis.scale === 'log' ? ticks.map((tick) => formatTick(tick)) : formatTicks(ticks),
      labelled: neighbour === undefined || axisKey(direction, axis) !== axisKey(direction, neighbour[direction]),
    }
  }
  const cells = figure.rows.map((row, r) =>
    row.map((panel, c) => ({
      panel,
      x: drawn(r, c, 'x'),
      y: drawn(r, c, 'y'),
      titled: panel.title !== '' && figure.rows[r - 1]?.[c]?.title !== panel.title,
    })),
  )

  const tickWidth = (column: number): number => {
    const labelled = cells.flatMap((row) => (row[column]?.y.labelled === true ? row[column].y.tickLabels : []))
    return Math.ceil(Math.max(0, ...labelled.map((tick) => textWidth(tick, sizes.tick))))
  }
  const labelOffset = (column: number): number => tickWidth(column) + 18
  const overhang = (column: number, side: 'left' | 'right'): number =>
    Math.max(
      0,
      ...cells.map((row) => (row[column]?.x.labelled === true ? tickOverhang(row[column].x, width, side) : 0)),
    )
  const marginLeft = (column: number): number => {
    const labelled = cells.some((row) => row[column]?.y.labelled === true)
    if (labelled) return (column === 0 ? 0 : gap) + labelOffset(column) + 8
    return column === 0 ? 0 : Math.max(gap, overhang(column - 1, 'right') + overhang(column, 'left') + 6)
  }
  const rowLabelWidth = (figure.rowLabels?.length ?? 0) > 0 ? 26 : 0
  const lefts: number[] = []
  let right = edge + rowLabelWidth
  for (let column = 0; column < columns; column++) {
    lefts.push(right + marginLeft(column))
    right = lefts[column]! + width
  }
  const total = right + edge + 6

  const titleLines = heading
    ? wrapWords(figure.title, (total - 2 * edge) * 0.9, (line) => textWidth(line, sizes.title))
    : []
  const legend = { left: edge, top: edge + titleLines.length * 21 + (heading ? 4 : 0), width: total - 2 * edge }
  const legendBottom = legend.top + legendHeight(legend.width)

  const boxes: Box[] = []
  const rowLabels: { text: string; y: number }[] = []
  let bottom = legendBottom
  for (const [r, row] of cells.entries()) {
    const top = bottom + (row.some((cell) => cell.titled) ? 26 : r === 0 ? 10 : 0)
    for (const [c, cell] of row.entries()) {
      boxes.push({ ...cell, left: lefts[c]!, top, width, height, labelOffset: labelOffset(c) })
    }
    const label = figure.rowLabels?.[r]
    if (label !== undefined) rowLabels.push({ text: label, y: top + height / 2 })
    const last = r === cells.length - 1
    bottom = top + height + (row.some((cell) => cell.x.labelled) ? 36 + (last ? 0 : 12) : 14)
  }
  return { width: total, height: Math.ceil(bottom + edge / 2), titleLines, legend, boxes, rowLabels }
}
