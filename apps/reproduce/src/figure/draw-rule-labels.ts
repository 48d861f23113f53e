import { escapeMarkup } from '../text/escape-markup.ts'
import { boxScale } from './box-scale.ts'
import { type Box, sizes } from './layout.ts'
import { inks } from './palette.ts'
import { textWidth } from './text-width.ts'

/**
 * The labels of a panel's reference rules, each at the end of its rule and on the side of it where the fewest points
 * are, with a halo of paper that keeps it legible over a curve.
 */
export function drawRuleLabels(box: Box): string {
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const points = box.panel.series.flatMap((series) =>
    series.points.map(([a, b]): readonly [number, number] => [x.toPixel(a), y.toPixel(b)]),
  )
  return (box.panel.rules ?? [])
    .map((rule) => {
      const at = y.toPixel(rule.y)
      if (!(at >= 0 && at <= box.height)) return ''
      const width = textWidth(rule.label, sizes.rule) * 1.1
      const places = [
        { end: true, above: true },
        { end: true, above: false },
        { end: false, above: true },
        { end: false, above: false },
      ]
        .map((place, order) => {
          const [left, top] = [place.end ? box.width - width - 4 : 4, place.above ? at - 14 : at + 2]
          const inside = ([a, b]: readonly [number, number]): boolean =>
            a >= left && a <= left + width && b >= top - 1 && b <= top + 13
          const fits = top >= 0 && top + 12 <= box.height
          return { ...place, cost: points.filter(inside).length + (fits ? 0 : 1e6) + order / 10 }
        })
        .toSorted((a, b) => a.cost - b.cost)
      const { end, above } = places[0]!
      const position = `x="${end ? box.width - 4 : 4}" y="${(above ? at - 4 : at + 12).toFixed(2)}"`
      return `<text ${position} text-anchor="${end ? 'end' : 'start'}" font-size="${sizes.rule}" fill="${inks.muted.light}" stroke="${inks.paper.light}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${escapeMarkup(rule.label)}</text>`
    })
    .join('')
}
