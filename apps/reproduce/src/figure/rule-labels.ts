import { boxScale } from './box-scale.ts'
import type { Series } from './figure.ts'
import { type Box, sizes } from './layout.ts'
import { textWidth } from './text-width.ts'

type Point = readonly [number, number]

/** A reference rule that is drawn in a panel, and where its label stands; without a place where none is free. */
export interface RuleLabel {
  readonly label: string
  readonly place?: { readonly middle: number; readonly baseline: number }
}

/** Parts of the way along a rule at which its label may stand, the ends first. */
const ALONG = [1, 0, 0.875, 0.125, 0.75, 0.25, 0.625, 0.375, 0.5]

/** A series's lines and the edges of its band. */
function linesOf({ points, seeds = [], band = [] }: Series): readonly (readonly Point[])[] {
  return [points, ...seeds, band.map(([x, low]) => [x, low] as const), band.map(([x, , high]) => [x, high] as const)]
}

/** Points along a line that is drawn, at most 4 pixels apart. */
function* inked(line: readonly Point[], dots: boolean, toPixel: (point: Point) => Point): Generator<Point> {
  let before: Point | undefined
  for (const point of line) {
    const [x, y] = toPixel(point)
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      before = undefined
      continue
    }
    const [fromX, fromY] = dots || before === undefined ? [x, y] : before
    const parts = Math.min(500, Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 4)))
    for (let i = 1; i <= parts; i++) yield [fromX + ((x - fromX) * i) / parts, fromY + ((y - fromY) * i) / parts]
    before = [x, y]
  }
}

/**
 * The labels of the reference rules that a panel draws, each on its rule, above or below it and preferably at an end: the first
 * place that no curve runs through. A label that has none can't lie on the data; it is for the legend then.
 */
export function ruleLabels(box: Box): readonly RuleLabel[] {
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const toPixel = ([a, b]: Point): Point => [x.toPixel(a), y.toPixel(b)]
  const points = box.panel.series.flatMap((series) =>
    linesOf(series).flatMap((line) => [...inked(line, series.mark === 'dots', toPixel)]),
  )
  return (box.panel.rules ?? []).flatMap(({ y: value, label }): readonly RuleLabel[] => {
    const at = y.toPixel(value)
    if (!(at >= 0 && at <= box.height)) return []
    const width = textWidth(label, sizes.rule) * 1.1
    const room = Math.max(0, box.width - width - 8)
    const places = ALONG.flatMap((along) =>
      [true, false].map((above) => ({
        left: 4 + along * room,
        top: above ? at - 15 : at + 2,
        baseline: above ? at - 4 : at + 12,
      })),
    )
    const free = places.find(
      ({ left, top }) =>
        top >= 0 &&
        top + 13 <= box.height &&
        !points.some(([a, b]) => a >= left - 2 && a <= left + width + 2 && b >= top - 1 && b <= top + 14),
    )
    if (free === undefined) return [{ label }]
    return [{ label, place: { middle: free.left + width / 2, baseline: free.baseline } }]
  })
}
