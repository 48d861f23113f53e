import * as Plot from '@observablehq/plot'
import type { Box } from './layout.ts'

/** A panel's axis as a function between data and pixels of its frame. */
export interface Scale {
  /** What Plot draws the same axis with. */
  readonly options: Plot.ScaleOptions
  /** NaN for what has no place on the axis: zero and below on a logarithmic one. */
  toPixel(value: number): number
  toValue(pixel: number): number
}

/** The scale of a panel's `x` (0 at the frame's left) or `y` (0 at its top). */
export function boxScale(box: Box, direction: 'x' | 'y'): Scale {
  const { axis, domain } = box[direction]
  const [low, high] = domain
  const options: Plot.ScaleOptions = {
    type: axis.scale ?? 'linear',
    domain: axis.reverse === true ? [high, low] : [low, high],
    range: direction === 'x' ? [0, box.width] : [box.height, 0],
    label: null,
  }
  const scale = Plot.scale({ [direction]: options })!
  const drawable = (value: number): boolean => Number.isFinite(value) && (axis.scale !== 'log' || value > 0)
  return {
    options,
    toPixel: (value) => (drawable(value) ? Number(scale.apply(value)) : NaN),
    toValue: (pixel) => (Number.isFinite(pixel) ? Number(scale.invert!(pixel)) : NaN),
  }
}
