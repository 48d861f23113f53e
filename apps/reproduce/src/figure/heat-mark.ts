import type * as Plot from '@observablehq/plot'
import { boxScale } from './box-scale.ts'
import type { HeatMap } from './figure.ts'
import { heatColours, heatLevel } from './heat-levels.ts'
import type { Box } from './layout.ts'

/** The Plot mark of a heat map: a path for each colour, with a row's neighbouring cells of one colour joined. */
export function heatMark(box: Box, heat: HeatMap): Plot.Markish {
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const pixels = (middles: readonly number[], toPixel: (value: number) => number): readonly number[] => {
    const half = middles.length < 2 ? 0.5 : (middles[1]! - middles[0]!) / 2
    return [...middles.map((middle) => middle - half), middles.at(-1)! + half].map((edge) => round(toPixel(edge)))
  }
  const lefts = pixels(heat.x, x.toPixel)
  const edges = pixels(heat.y, y.toPixel)
  const paths = new Map<number, string>()
  for (const row of heat.y.keys()) {
    const levelAt = (column: number): number | undefined =>
      heatLevel(heat.values[row * heat.x.length + column]!, heat.domain)
    for (let from = 0, to = 0; from < heat.x.length; from = to) {
      const level = levelAt(from)
      for (to = from + 1; to < heat.x.length && levelAt(to) === level;) to++
      if (level === undefined) continue
      const path = `M${lefts[from]!},${edges[row]!}H${lefts[to]!}V${edges[row + 1]!}H${lefts[from]!}Z`
      paths.set(level, (paths.get(level) ?? '') + path)
    }
  }
  return (_index, _scales, _values, _dimensions, context) => {
    const create = (name: string): SVGElement => context!.document.createElementNS('http://www.w3.org/2000/svg', name)
    const group = create('g')
    // Without it the paper shines through between cells.
    group.setAttribute('shape-rendering', 'crispEdges')
    for (const [level, d] of [...paths].toSorted(([a], [b]) => a - b)) {
      const path = create('path')
      path.setAttribute('fill', heatColours[level]!)
      path.setAttribute('d', d)
      group.append(path)
    }
    return group
  }
}

const round = (pixel: number): number => Math.round(pixel * 100) / 100
