import { derive, type Key, uniforms } from '@coherent-gradients/core'
import type { CentreCrop, Preprocessing, RandomCrop } from './preprocessing.ts'

export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Cut out, scale, cut out again, mirror. */
export interface CropPlan {
  /** Of the picture as it is. */
  readonly before: Rectangle
  /** What that part is scaled to. */
  readonly scaled: { readonly width: number; readonly height: number }
  /** Of the scaled part. */
  readonly after: Rectangle
  readonly mirrored: boolean
}

/** Where randomness for one example in one epoch comes from. */
export interface CropDraw {
  readonly key: Key
  readonly epoch: number
  readonly id: number
}

/** Draws that are tried before the middle is taken instead, which only very long pictures need. */
const TRIES = 10

/** What to cut out of a picture of width × height. A function of the draw: the same in any order of reading. */
export function cropPlan(width: number, height: number, how: Preprocessing, draw: CropDraw): CropPlan {
  return how.kind === 'centre-crop' ? centre(width, height, how) : random(width, height, how, draw)
}

function centre(width: number, height: number, { resize, crop }: CentreCrop): CropPlan {
  const short = Math.min(width, height)
  // Of a picture longer than this only the middle is scaled: 2 × 10,000 pixels would become 256 × 1,280,000.
  const longest = 8 * short
  const before = middle(width, height, Math.min(width, longest), Math.min(height, longest))
  const scaled = {
    width: Math.max(resize, Math.floor((resize * before.width) / short)),
    height: Math.max(resize, Math.floor((resize * before.height) / short)),
  }
  return { before, scaled, after: middle(scaled.width, scaled.height, crop, crop), mirrored: false }
}

function random(width: number, height: number, how: RandomCrop, { key, epoch, id }: CropDraw): CropPlan {
  const { crop, area = [0.08, 1], ratio = [3 / 4, 4 / 3], flip = true } = how
  const draws = uniforms(derive(derive(derive(key, 'random-crop'), epoch), id), 1 + 4 * TRIES)
  const scaled = { width: crop, height: crop }
  const rest = { scaled, after: middle(crop, crop, crop, crop), mirrored: flip && draws[0]! < 0.5 }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [share, shape, x, y] = draws.subarray(1 + 4 * attempt) as unknown as [number, number, number, number]
    const pixels = width * height * (area[0] + (area[1] - area[0]) * share)
    const aspect = geometric(ratio[0], ratio[1], shape)
    const wide = Math.round(Math.sqrt(pixels * aspect))
    const high = Math.round(Math.sqrt(pixels / aspect))
    if (wide < 1 || high < 1 || wide > width || high > height) continue
    const before = {
      left: Math.floor(x * (width - wide + 1)),
      top: Math.floor(y * (height - high + 1)),
      width: wide,
      height: high,
    }
    return { before, ...rest }
  }
  const wide = Math.min(width, Math.max(1, Math.round(height * ratio[1])))
  const high = Math.min(height, Math.max(1, Math.round(width / ratio[0])))
  return { before: middle(width, height, wide, high), ...rest }
}

/** from^(1 − u) · to^u, by square roots alone: they are exact on every machine, and logarithms are not. */
function geometric(from: number, to: number, u: number): number {
  let value = from
  let root = to / from
  for (let bit = 0, rest = u; bit < 30; bit++) {
    root = Math.sqrt(root)
    rest *= 2
    if (rest < 1) continue
    value *= root
    rest -= 1
  }
  return value
}

/** The middle wide × high of width × height. */
export function middle(width: number, height: number, wide: number, high: number): Rectangle {
  return { left: Math.round((width - wide) / 2), top: Math.round((height - high) / 2), width: wide, height: high }
}
