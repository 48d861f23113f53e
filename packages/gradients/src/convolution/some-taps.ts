import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Window, WindowAxis } from './window.ts'

/** Taps first … last along height and along width. */
export interface TapRange {
  readonly down: readonly [number, number]
  readonly across: readonly [number, number]
}

/** The smallest range that holds taps first … last of a kernel `width` taps wide, and whose taps follow one another. */
export function tapsBetween(first: number, last: number, width: number): TapRange {
  const down = [Math.floor(first / width), Math.floor(last / width)] as const
  return { down, across: down[0] === down[1] ? [first % width, last % width] : [0, width - 1] }
}

/**
 * What a convolution that has only the taps of a range reads, and its window over that. An axis whose taps read nothing
 * but zeros has no input left; the images then stay as they are.
 */
export function someTaps(images: Tensor4D, window: Window, taps: TapRange): { images: Tensor4D; window: Window } {
  const height = axisOf(window.height, taps.down)
  const width = axisOf(window.width, taps.across)
  const moved = height.input < window.height.input || width.input < window.width.input
  const cut = moved && height.input > 0 && width.input > 0
  const begin = [0, window.height.input - height.input, window.width.input - width.input, 0] as [0, number, number, 0]
  const [n, , , c] = images.shape
  return {
    images: cut ? tf.slice(images, begin, [n, height.input, width.input, c]) : images,
    window: { height, width },
  }
}

/** The first tap reads `before` zeros; where a later one comes first and reads none of them, inputs go instead. */
function axisOf(axis: WindowAxis, [first, last]: readonly [number, number]): WindowAxis {
  const before = axis.before - first * axis.dilation
  return {
    ...axis,
    taps: last - first + 1,
    before: Math.max(before, 0),
    input: axis.input + Math.min(before, 0),
  }
}
