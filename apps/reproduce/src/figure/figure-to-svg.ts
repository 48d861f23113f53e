import { escapeMarkup } from '../text/escape-markup.ts'
import { drawPanel } from './draw-panel.ts'
import { drawRuleLabels } from './draw-rule-labels.ts'
import type { Figure } from './figure.ts'
import { type Box, layoutFigure, ruleLabelPlace, sizes } from './layout.ts'
import { drawLegend, legendEntries, legendHeight } from './legend.ts'
import { inks } from './palette.ts'
import { ruleLabels } from './rule-labels.ts'
import { seriesColours } from './series-colours.ts'

export interface FigureToSvgOptions {
  /** Draw the figure's title; false where a page already has it as a heading. Default true. */
  readonly heading?: boolean
}

const fonts = `system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`

function axisLabels(box: Box): string {
  const { x, y, width, height } = box
  const labels: string[] = []
  if (x.labelled) {
    labels.push(
      `<text x="${width / 2}" y="${height + 31}" text-anchor="middle" fill="${inks.ink.light}">${escapeMarkup(x.axis.label)}</text>`,
    )
  }
  if (y.labelled) {
    labels.push(
      `<text transform="translate(${-box.labelOffset},${height / 2}) rotate(-90)" text-anchor="middle" fill="${inks.ink.light}">${escapeMarkup(y.axis.label)}</text>`,
    )
  }
  return labels.join('')
}

/**
 * A figure as one standalone SVG on white, 0.01 units exact and the same bytes every time: its title, a legend that
 * all panels share, row labels at the left and one Observable Plot per panel.
 *
 * Curves are thinned to what their pixels can show (see `thinLine`), so thousands of steps cost no more than hundreds.
 * Colours are attributes, nothing else, so that a page can re-ink the drawing by selecting on them (see `palette`).
 *
 * @throws RangeError when the figure has no panel.
 */
export function figureToSvg(figure: Figure, { heading = true }: FigureToSvgOptions = {}): string {
  if (figure.rows.every((row) => row.length === 0)) {
    throw new RangeError(`figureToSvg: required at least one panel, found none in figure ${figure.id}`)
  }
  const colourOf = seriesColours(figure)
  const inPanels = ruleLabelPlace(figure) === 'panel'
  // The panels come out the same, whatever the legend above them needs.
  const rules = layoutFigure(figure, heading, () => 0).boxes.flatMap(ruleLabels)
  const placed = new Set(inPanels ? rules.flatMap(({ label, place }) => (place === undefined ? [] : label)) : [])
  const unplaced = rules.flatMap(({ label }) => (placed.has(label) ? [] : label))
  const entries = legendEntries(figure, colourOf, unplaced)
  const layout = layoutFigure(figure, heading, (width) => legendHeight(entries, width))
  const { width, height, legend } = layout
  const id = figure.id.replaceAll(/[^\w-]/g, '-')

  const title = layout.titleLines.map(
    (line, i) =>
      `<text x="${legend.left}" y="${28 + i * 21}" font-size="${sizes.title}" font-weight="600" fill="${inks.ink.light}">${escapeMarkup(line)}</text>`,
  )
  const rowLabels = layout.rowLabels.map(
    ({ text, y }) =>
      `<text transform="translate(${legend.left + 11},${y}) rotate(-90)" text-anchor="middle" font-size="${sizes.panel}" font-weight="600" fill="${inks.ink.light}">${escapeMarkup(text)}</text>`,
  )
  const panels = layout.boxes.map((box, i) => {
    const head = box.titled
      ? `<text x="0" y="-9" font-size="${sizes.panel}" font-weight="600" fill="${inks.ink.light}">${escapeMarkup(box.panel.title)}</text>`
      : ''
    const drawing = `<g text-anchor="middle" font-size="${sizes.tick}">${drawPanel(box, colourOf, `${id}-panel-${i + 1}`)}</g>`
    const labels = inPanels ? drawRuleLabels(box) : ''
    return `<g transform="translate(${box.left},${box.top})">${head}${drawing}${labels}${axisLabels(box)}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeMarkup(figure.title)}" font-family="${fonts}" font-size="${sizes.label}">`,
    `<desc>${escapeMarkup(figure.caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${inks.paper.light}"/>`,
    ...title,
    `<g transform="translate(${legend.left},${legend.top})">${drawLegend(entries, legend.width)}</g>`,
    ...rowLabels,
    ...panels,
    '</svg>\n',
  ].join('\n')
}
