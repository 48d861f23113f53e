import { taskEither as TE } from 'fp-ts'
import sharp, { type Sharp } from 'sharp'
import type { EncodedImages } from './encoded-images.ts'

/** Encoded pictures in memory, all of class 0. */
export function encoded(pictures: readonly Uint8Array[]): EncodedImages {
  return {
    name: 'in memory',
    ids: Uint32Array.from(pictures, (_, id) => id),
    labels: new Int32Array(pictures.length),
    classNames: ['only'],
    whereIs: (id) => `picture ${id}`,
    read: (id) => TE.right(pictures[id]!),
    async close() {},
  }
}

/** A picture whose red grows to the right and whose green grows downwards. */
export function ramps(width: number, height: number): Sharp {
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    pixels[3 * i] = Math.round((255 * (i % width)) / Math.max(1, width - 1))
    pixels[3 * i + 1] = Math.round((255 * Math.floor(i / width)) / Math.max(1, height - 1))
    pixels[3 * i + 2] = 128
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** One colour. */
export function plain(width: number, height: number, background: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background } })
}
