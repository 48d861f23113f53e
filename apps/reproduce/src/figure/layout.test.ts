import { expect, it } from 'vitest'
import type { Axis, Figure } from './figure.ts'
import { layoutFigure, sizes } from './layout.ts'
import { textWidth } from './text-width.ts'

/** Pixels between the last number below the first of two like panels and the first number below the second. */
function spaceBetween(x: Axis): number {
  const panel = { title: '', x, y: { label: 'accuracy', domain: [0, 1] }, series: [] } as const
  const figure: Figure = { id: 'fig-0', title: 'A figure', caption: '', rows: [[panel, panel]] }
  const [first, second] = layoutFigure(figure, true, () => 0).boxes
  const half = (label: string): number => textWidth(label, sizes.tick) / 2
  const [left, right] = x.reverse === true ? [-1, 0] : [0, -1]
  return (
    second!.left -
    first!.left -
    first!.width -
    half(first!.x.tickLabels.at(right)!) -
    half(second!.x.tickLabels.at(left)!)
  )
}

it.each<[string, Axis]>([
  ['linear', { label: 'epoch', domain: [0, 100_000] }],
  ['logarithmic', { label: 'learning rate', scale: 'log', domain: [0.01, 0.5] }],
  ['reversed', { label: 'loss', scale: 'log', domain: [0.01, 0.5], reverse: true }],
])('keeps numbers at the ends of neighbouring %s axes apart', (_, axis) => {
  expect(spaceBetween(axis)).toBeGreaterThanOrEqual(5)
})
