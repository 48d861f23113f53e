import { describe, expect, it } from 'vitest'
import { drawRuleLabels } from './draw-rule-labels.ts'
import type { Series } from './figure.ts'
import { layoutFigure } from './layout.ts'

/** Where the label of a rule at y = 1 is put beside one curve in a panel from −1 to 3. */
function placed(points: Series['points']): { x: number; y: number; limit: number; width: number } {
  const series = [{ name: 'a', mark: 'line' as const, points }]
  const rules = [{ y: 1, label: 'limit' }]
  const panel = {
    title: '',
    x: { label: 'x', domain: [0, 10] as const },
    y: { label: 'y', domain: [-1, 3] as const },
    series,
    rules,
  }
  const [box] = layoutFigure({ id: 'f', title: '', caption: '', rows: [[panel]] }, false, () => 0).boxes
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

  it('goes to the left where a curve crosses the rule at the right', () => {
    const { x, width } = placed([
      [9.7, 3],
      [9.7, -1],
    ])
    expect(x).toBeLessThan(width * 0.1)
  })
})
