import { keyOf } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeCrop } from './decode-crop.ts'
import { plain, ramps } from './encoded.test-support.ts'
import type { Preprocessing } from './preprocessing.ts'

const draw = { key: keyOf(0), epoch: 0, id: 0 }
const small: Preprocessing = { kind: 'centre-crop', resize: 8, crop: 4 }
const decode = async (bytes: Uint8Array, how: Preprocessing = small): Promise<number[]> => [
  ...rightOf(await decodeCrop(bytes, 'a', how, draw)()),
]
const pixel = (pixels: readonly number[], row: number, column: number, crop = 4): number[] =>
  pixels.slice(3 * (row * crop + column), 3 * (row * crop + column) + 3)

describe('decodeCrop', () => {
  it('scales the short side and cuts out the middle, wide or high', async () => {
    const wide = await decode(await ramps(16, 8).png().toBuffer())
    const pixels = await ramps(16, 8).raw().toBuffer()
    for (const [row, column] of [
      [0, 0],
      [3, 3],
      [1, 2],
    ] as const) {
      expect(pixel(wide, row, column)).toEqual([...pixels.subarray(3 * ((row + 2) * 16 + column + 6)).subarray(0, 3)])
    }
    const high = await decode(await ramps(8, 16).rotate(0).png().toBuffer())
    expect(pixel(high, 0, 0)).toEqual([Math.round((255 * 2) / 7), Math.round((255 * 6) / 15), 128])
  })

  it('averages over the area when it makes a picture smaller', async () => {
    const stripes = new Uint8Array(64 * 64).map((_, i) => (i % 2 === 0 ? 0 : 200))
    const png = await sharp(stripes, { raw: { width: 64, height: 64, channels: 1 } })
      .png()
      .toBuffer()
    for (const value of await decode(png)) expect(Math.abs(value - 100)).toBeLessThan(12)
  })

  it('turns pictures upright as EXIF says, or leaves them as they are stored', async () => {
    const png = await ramps(8, 8).withMetadata({ orientation: 6 }).png().toBuffer()
    const [upright, stored] = [await decode(png), await decode(png, { ...small, orientation: 'stored' })]
    // Orientation 6 is a quarter turn: what grew to the right grows downwards.
    expect(pixel(stored, 0, 3)[0]).toBeGreaterThan(pixel(stored, 0, 0)[0]!)
    expect(pixel(upright, 3, 0)[0]).toBeGreaterThan(pixel(upright, 0, 0)[0]!)
    expect(pixel(upright, 0, 3)[1]).toBeLessThan(pixel(upright, 0, 0)[1]!)
  })

  const red = (): ReturnType<typeof plain> => plain(20, 10, '#ff0000')
  it.each<[string, () => Promise<Uint8Array>, number[]]>([
    ['gray JPEG', () => plain(10, 10, '#808080').grayscale().jpeg().toBuffer(), [128, 128, 128]],
    ['CMYK JPEG', () => plain(10, 10, '#ffffff').toColourspace('cmyk').jpeg().toBuffer(), [255, 255, 255]],
    ['PNG', () => red().png().toBuffer(), [255, 0, 0]],
    ['16-bit PNG', () => red().toColourspace('rgb16').png().toBuffer(), [255, 0, 0]],
    ['palette PNG', () => red().png({ palette: true }).toBuffer(), [255, 0, 0]],
    ['see-through PNG', () => red().ensureAlpha(0).png().toBuffer(), [0, 0, 0]],
    ['gray PNG with alpha', () => plain(9, 9, '#fff').grayscale().ensureAlpha(1).png().toBuffer(), [255, 255, 255]],
    ['GIF', () => red().gif().toBuffer(), [255, 0, 0]],
    ['WebP', () => red().webp({ lossless: true }).toBuffer(), [255, 0, 0]],
    ['picture of 1 × 1', () => plain(1, 1, '#ff0000').png().toBuffer(), [255, 0, 0]],
    ['picture of 2 × 1', () => plain(2, 1, '#ff0000').png().toBuffer(), [255, 0, 0]],
    ['picture of 3 × 5,000', () => plain(3, 5000, '#ff0000').png().toBuffer(), [255, 0, 0]],
    ['picture of 20 megapixels', () => plain(5000, 4000, '#ff0000').png().toBuffer(), [255, 0, 0]],
  ])('decodes a %s', async (_, make, colour) => {
    const bytes = await make()
    for (const how of [small, { kind: 'random-crop', crop: 4 }] as const) {
      const found = pixel(await decode(bytes, how), 1, 1)
      found.forEach((value, c) => expect(Math.abs(value - colour[c]!)).toBeLessThan(4))
    }
  })

  it.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['nothing', async () => new Uint8Array(0), /^cat\.jpg: not an image that can be read: /],
    ['text', async () => new Uint8Array(Buffer.from('hello, this is no picture')), /not an image/],
    ['a torn JPEG', async () => (await ramps(200, 200).jpeg().toBuffer()).subarray(0, 1200), /not an image/],
    ['a drawing', async () => new Uint8Array(Buffer.from('<svg width="9" height="9"></svg>')), /found svg/],
    ['more pixels than 134 million', bomb, /exceeds pixel limit/],
  ])('refuses %s in one line', async (_, make, line) => {
    const { message } = leftOf(await decodeCrop(await make(), 'cat.jpg', small, draw)())
    expect(message).toMatch(line)
    expect(message).not.toContain('\n')
  })
})

/** A small PNG that claims 60,000 × 60,000 pixels. */
async function bomb(): Promise<Uint8Array> {
  const png = await plain(8, 8, '#000').png().toBuffer()
  png.writeUInt32BE(60_000, 16)
  png.writeUInt32BE(60_000, 20)
  return png
}
