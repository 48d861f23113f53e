import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { boxScale } from './box-scale.ts'
import type { Series } from './figure.ts'
import { heatMark } from './heat-mark.ts'
import { type Box, sizes } from './layout.ts'
import { inks, ruleDash } from './palette.ts'
import { seriesMarks } from './series-marks.ts'

const { document } = parseHTML('<!doctype html><html><body></body></html>')

const rounded = (number: string): string => String(Number(Number(number).toFixed(2)))

/** Plot's drawing as markup: every coordinate rounded to 0.01, without what only a live page would use. */
function compact(svg: Element, id: string): string {
  for (const style of svg.querySelectorAll('style')) style.remove()
  for (const text of svg.querySelectorAll('text')) if (text.textContent === '') text.remove()
  for (const element of svg.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      const value = element.getAttribute(name)!
      if (name.startsWith('aria-') || name === 'font-variant') element.removeAttribute(name)
      // Plot numbers its clips for the life of the process; a drawing must not depend on what was drawn before.
      else if (name === 'id' || name === 'clip-path') element.setAttribute(name, value.replace(/plot-clip-\d+/, id))
      else element.setAttribute(name, value.replaceAll(/-?\d+\.\d{3,}/g, rounded))
    }
  }
  return svg.innerHTML.replaceAll(' />', '/>')
}

/**
 * What is inside a panel's frame, and its ticks: one Plot, as SVG markup with the frame's corner at (0, 0).
 *
 * @param id names the panel's clip path: unique in the page.
 */
export function drawPanel(box: Box, colourOf: (series: Series) => string, id: string): string {
  const { panel, width, height } = box
  const [x, y] = [boxScale(box, 'x'), boxScale(box, 'y')]
  const outside = (pixel: number, most: number): boolean => pixel < -0.5 || pixel > most + 0.5
  const leaves = (a: number, b: number): boolean => outside(x.toPixel(a), width) || outside(y.toPixel(b), height)
  const clip = panel.series.some(
    ({ points, seeds = [], band = [] }) =>
      [points, ...seeds].flat().some(([a, b]) => leaves(a, b)) ||
      band.some(([a, low, high]) => leaves(a, low) || leaves(a, high)),
  )
  const rules = (panel.rules ?? []).map((rule) => rule.y).filter((at) => !outside(y.toPixel(at), height))
  const start = (direction: 'x' | 'y'): number => box[direction].domain[box[direction].axis.reverse === true ? 1 : 0]
  const ticks = (direction: 'x' | 'y'): Plot.AxisXOptions & Plot.AxisYOptions => {
    const { ticks: values, tickLabels, labelled } = box[direction]
    return {
      ticks: [...values],
      tickFormat: (value: number) => (labelled ? tickLabels[values.indexOf(value)]! : ''),
      tickSize: 4,
      tickPadding: 3,
      label: null,
      stroke: inks.axis.light,
      fill: inks.muted.light,
      fontSize: sizes.tick,
    }
  }
  const svg = Plot.plot({
    document: document as unknown as Document,
    className: 'panel',
    width,
    height,
    margin: 0,
    x: x.options,
    y: y.options,
    marks: [
      Plot.gridY([...box.y.ticks], { stroke: inks.grid.light, strokeOpacity: 1 }),
      Plot.gridX([...box.x.ticks], { stroke: inks.grid.light, strokeOpacity: 1 }),
      ...(panel.heat === undefined ? [] : [heatMark(box, panel.heat)]),
      Plot.ruleX([start('x')], { stroke: inks.axis.light }),
      Plot.ruleY([start('y')], { stroke: inks.axis.light }),
      Plot.ruleY(rules, { stroke: inks.muted.light, strokeDasharray: ruleDash, strokeWidth: 1.3 }),
      ...panel.series.flatMap((series) => seriesMarks(box, series, colourOf(series), clip)),
      Plot.axisX(ticks('x')),
      Plot.axisY(ticks('y')),
    ],
  })
  return compact(svg, id)
}
