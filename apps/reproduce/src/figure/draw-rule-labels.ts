import { escapeMarkup } from '../text/escape-markup.ts'
import { boxScale } from './box-scale.ts'
import type { Series } from './figure.ts'
import { type Box, sizes } from './layout.ts'
import { inks } from './palette.ts'
import { textWidth } from './text-width.ts'

type Point = readonly [number, number]

/** Points along what a series draws, at most 4 pixels apart on its lines. */
function* inked(series: Series, toPixel: (point: Point) => Point): Generator<Point> {
  let before: Point | undefined
  for (const point of series.points) {
    const [x, y] = toPixel(point)
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      before = undefined
      continue
    }
    const [fromX, fromY] = series.mark === 'dots' || before === undefined ? [x, y] : before
    const parts = Math.min(500, Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 4)))
    for (let i = 1; i <= parts; i++) yield [fromX + ((x - fromX) * i) / parts, fromY + ((y - fromY) * i) / parts]
    before = [x, y]
  }
}

/**
 * The labels of a panel's reference rules, each on the rule where it covers the least of the curves, above or below it,
 * preferably at an end. A halo of paper keeps it legible where it must cross one.
 */
export function drawRuleLabels(box: Box): string {
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const points = box.panel.series.flatMap((series) => [...inked(series, ([a, b]) => [x.toPixel(a), y.toPixel(b)])])
  return (box.panel.rules ?? [])
    .map(({ y: value, label }) => {
      const at = y.toPixel(value)
      if (!(at >= 0 && at <= box.height)) return ''
      const width = textWidth(label, sizes.rule) * 1.1
      const room = Math.max(0, box.width - width - 8)
      const places = [1, 0, 0.75, 0.25, 0.5].flatMap((along) =>
        [true, false].map((above) => {
          const [left, top] = [4 + along * room, above ? at - 15 : at + 2]
          const covered = points.filter(
            ([a, b]) => a >= left - 2 && a <= left + width + 2 && b >= top - 1 && b <= top + 14,
          ).length
          const fits = top >= 0 && top + 13 <= box.height
          return { left, baseline: above ? at - 4 : at + 12, cost: covered + (fits ? 0 : 1e6) }
        }),
      )
      // Of equals the first wins.
      const { left, baseline } = places.reduce((best, place) => (place.cost < best.cost ? place : best))
      const middle = `x="${(left + width / 2).toFixed(2)}" y="${baseline.toFixed(2)}" text-anchor="middle"`
      const halo = `stroke="${inks.paper.light}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
      return `<text ${middle} font-size="${sizes.rule}" fill="${inks.muted.light}" ${halo}>${escapeMarkup(label)}</text>`
    })
    .join('')
}
