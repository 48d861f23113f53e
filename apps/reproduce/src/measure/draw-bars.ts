import { formatMAlpha } from '../console/format-progress.ts'
import { hues, inks, ruleDash } from '../figure/palette.ts'
import { textWidth } from '../figure/text-width.ts'
import { escapeMarkup } from '../text/escape-markup.ts'
import { intervalOf } from './interval-of.ts'
import { isModel, type Measured } from './measured.ts'

const fonts = `system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`
const [width, row, top, tick] = [820, 30, 96, 12]

/** m·α of the whole network and of each layer as bars with their intervals; a mark where shuffled labels are. */
export function drawBars(measured: Measured): string {
  const { whole, layers } = measured
  const scopes = [whole, ...layers]
  const twins = isModel(measured) ? [measured.shuffled.whole, ...measured.shuffled.layers] : []
  const source = isModel(measured) ? `${measured.model} on ${measured.data}` : measured.gradients
  const names = scopes.map((scope) => (scope === whole ? 'whole network' : cut(scope.name)))
  const left = 28 + Math.max(...names.map((name) => textWidth(name, tick)))
  const most =
    1.05 *
    Math.max(1, ...scopes.map((scope) => intervalOf(scope)?.[1] ?? scope.mAlpha), ...twins.map((twin) => twin.mAlpha))
  const x = (value: number): string => (left + (value / most) * (width - left - 70)).toFixed(2)
  const height = top + row * scopes.length + 44
  const blue = hues[0]!.light
  const bars = scopes.map((scope, i) => {
    const y = top + i * row
    const [interval, twin] = [intervalOf(scope), twins[i]]
    const whisker = interval === null ? '' : line(x(interval[0]), y + 10, x(interval[1]), y + 10, inks.ink.light, 1.5)
    return [
      `<text x="${left - 10}" y="${y + 14}" text-anchor="end" font-weight="${i === 0 ? 600 : 400}" fill="${inks.ink.light}">${escapeMarkup(names[i]!)}</text>`,
      `<rect x="${left}" y="${y}" width="${(Number(x(scope.mAlpha)) - left).toFixed(2)}" height="20" fill="${blue}" fill-opacity="${i === 0 ? 1 : 0.65}"/>`,
      whisker,
      twin === undefined ? '' : line(x(twin.mAlpha), y - 3, x(twin.mAlpha), y + 23, hues[1]!.light, 3),
      `<text x="${Number(x(interval?.[1] ?? scope.mAlpha)) + 8}" y="${y + 14}" fill="${inks.ink.light}">${formatMAlpha(scope.mAlpha)}</text>`,
    ].join('')
  })
  const bottom = top + row * scopes.length
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="m·α by layer" font-family="${fonts}" font-size="${tick}">`,
    `<rect width="${width}" height="${height}" fill="${inks.paper.light}"/>`,
    `<text x="20" y="30" font-size="17" font-weight="600" fill="${inks.ink.light}">How many of ${whole.m.toLocaleString('en')} examples each example helps: m·α by layer</text>`,
    `<text x="20" y="52" fill="${inks.muted.light}">${escapeMarkup(`${source}; lines: 95% intervals`)}</text>`,
    ...(twins.length === 0 ? [] : [twinsLegend]),
    ...bars,
    `<line x1="${x(1)}" y1="${top - 8}" x2="${x(1)}" y2="${bottom}" stroke="${inks.axis.light}" stroke-dasharray="${ruleDash}"/>`,
    `<text x="${x(1)}" y="${bottom + 18}" text-anchor="middle" fill="${inks.muted.light}">1: nobody but itself</text>`,
    '</svg>\n',
  ].join('\n')
}

const twinsLegend = `<rect x="20" y="66" width="4" height="14" fill="${hues[1]!.light}"/><text x="30" y="78" fill="${inks.ink.light}">the same with shuffled labels</text>`

function line(x1: string, y1: number, x2: string, y2: number, stroke: string, thickness: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${thickness}"/>`
}

function cut(name: string): string {
  return name.length > 32 ? `${name.slice(0, 31)}…` : name
}
