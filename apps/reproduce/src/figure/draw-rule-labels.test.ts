import { describe, expect, it } from 'vitest'
import { drawRuleLabels } from './draw-rule-labels.ts'
import { figureToSvg } from './figure-to-svg.ts'
import type { Figure, Panel, Series } from './figure.ts'
import { layoutFigure } from './layout.ts'

/** A panel from −1 to 3 with one curve and a rule at y = 1. */
const panelOf = (points: Series['points'], more: Partial<Series> = {}): Panel => ({
  title: '',
  x: { label: 'x', domain: [0, 10] },
  y: { label: 'y', domain: [-1, 3] },
  series: [{ name: 'a', mark: 'line', points, ...more }],
  rules: [{ y: 1, label: 'limit' }],
})

const figureOf = (...panels: Panel[]): Figure => ({ id: 'f', title: '', caption: '', rows: [panels] })

/** Where the label of the rule is put. */
function placed(
  points: Series['points'],
  more: Partial<Series> = {},
): { x: number; y: number; limit: number; width: number } {
  const [box] = layoutFigure(figureOf(panelOf(points, more)), false, () => 0).boxes
  const [, x, y] = drawRuleLabels(box!)
    .match(/x="([^"]*)" y="([^"]*)"/)!
    .map(Number)
  return { x: x!, y: y!, limit: box!.height / 2, width: box!.width }
}

describe('drawRuleLabels', () => {
  it('puts a label at the right, above its rule, where nothing is in the way', () => {
    const { x, y, limit, width } = placed([])
    expect(x).toBeGreaterThan(width * 0.9)
    expect(y).toBeLessThan(limit)
  })

  it('goes below where a curve runs above, though it has no point near the label', () => {
    const { x, y, limit, width } = placed([
      [0, 1.08],
      [10, 1.08],
    ])
    expect(x).toBeGreaterThan(width * 0.9)
    expect(y).toBeGreaterThan(limit)
  })

  it('goes nowhere where a curve runs through every place, and to the legend where no panel has a free one', () => {
    const wild = Array.from({ length: 400 }, (_, i) => [i / 40, i % 2 === 0 ? -1 : 3] as const)
    const panel = panelOf(wild)
    const [box] = layoutFigure(figureOf(panel), false, () => 0).boxes
    expect(drawRuleLabels(box!)).toBe('')
    const labels = (...panels: (typeof panel)[]): number => figureToSvg(figureOf(...panels)).split('>limit<').length - 1
    expect(labels(panel)).toBe(1)
    expect(labels(panel, panel)).toBe(1)
    expect(labels(panel, panelOf([]))).toBe(1)
    expect(labels(panelOf([]), panelOf([]))).toBe(2)
  })

  it('keeps off the runs of single seeds and the edges of bands', () => {
    const above = [
      [0, 1.08],
      [10, 1.08],
    ] as const
    const low = above.map(([x, y]) => [x, y, 2] as const)
    for (const more of [{ seeds: [above] }, { band: low }]) expect(placed([], more).y).toBeGreaterThan(placed([]).y)
  })

  it('goes to the left where a curve crosses the rule at the right', () => {
    const { x, width } = placed([
      [9.7, 3],
      [9.7, -1],
    ])
    expect(x).toBeLessThan(width * 0.1)
  })
})
