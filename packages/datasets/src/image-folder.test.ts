import { either as E } from 'fp-ts'
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leftOf, rightOf, temporaryFolder } from '@coherent-gradients/testkit'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeImage } from './decode-image.ts'
import { imageFolder } from './image-folder.ts'
import { splitLaws } from './split-laws.test-support.ts'

const scratch = temporaryFolder()

type Colour = readonly [red: number, green: number, blue: number]

const [red, green, blue]: readonly Colour[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
] as const

/** A picture of one colour, or of one for each half, left and right. */
function picture(width: number, height: number, left: Colour, right: Colour = left): Sharp {
  const row = Uint8Array.from({ length: width * 3 }, (_, i) => (Math.floor(i / 3) < width / 2 ? left : right)[i % 3]!)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) pixels.set(row, y * row.length)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

async function save(path: string, bytes: Promise<Buffer>): Promise<string> {
  const file = join(scratch, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await bytes)
  return file
}

const square = { height: 4, width: 4, channels: 3 } as const
const pixel = (bytes: Uint8Array, row: number, column: number): number[] => [
  ...bytes.subarray(3 * (4 * row + column), 3 * (4 * row + column) + 3),
]
/** Lossy formats and Lanczos filters move a colour a little. */
const distance = (found: readonly number[], wanted: readonly number[]): number =>
  Math.max(...found.map((value, i) => Math.abs(value - wanted[i]!)))

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2)

describe('decodeImage', () => {
  it.each([
    ['png', (image: Sharp) => image.png()],
    ['jpeg', (image: Sharp) => image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })],
    ['webp', (image: Sharp) => image.webp({ lossless: true })],
    ['gif', (image: Sharp) => image.gif()],
    ['tiff', (image: Sharp) => image.tiff()],
    ['avif', (image: Sharp) => image.avif({ lossless: true })],
  ])('reads %s, whatever its name, and cuts both sides evenly', async (format, encode) => {
    const file = await save(`named-${format}.JPEG`, encode(picture(16, 8, red, blue)).toBuffer())
    const pixels = rightOf(await decodeImage(file, square)())
    expect(pixels.length).toBe(48)
    expect(distance(pixel(pixels, 0, 0), red)).toBeLessThan(12)
    expect(distance(pixel(pixels, 3, 3), blue)).toBeLessThan(12)
  })

  it('turns upright what EXIF says lies on its side', async () => {
    // Stored with red on the left; orientation 6 is shown turned a quarter clockwise: red on top.
    const turned = picture(8, 8, red, blue).withMetadata({ orientation: 6 }).png().toBuffer()
    const pixels = rightOf(await decodeImage(await turned, square)())
    expect(distance(pixel(pixels, 0, 3), red)).toBeLessThan(12)
    expect(distance(pixel(pixels, 3, 0), blue)).toBeLessThan(12)
  })

  it('makes gray, CMYK, palette, 16-bit and transparent pictures red, green and blue of 8 bits', async () => {
    const gray = sharp(new Uint8Array(64).fill(100), { raw: { width: 8, height: 8, channels: 1 } })
    expect(
      distance(pixel(rightOf(await decodeImage(await gray.clone().png().toBuffer(), square)()), 1, 1), [100, 100, 100]),
    ).toBeLessThan(12)
    expect(
      distance(
        pixel(rightOf(await decodeImage(await gray.clone().jpeg().toBuffer(), square)()), 1, 1),
        [100, 100, 100],
      ),
    ).toBeLessThan(12)
    const cmyk = await picture(8, 8, [255, 255, 255]).toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
    expect(distance(pixel(rightOf(await decodeImage(cmyk, square)()), 1, 1), [255, 255, 255])).toBeLessThan(12)
    const palette = await picture(8, 8, green).png({ palette: true }).toBuffer()
    expect(distance(pixel(rightOf(await decodeImage(palette, square)()), 1, 1), green)).toBeLessThan(12)
    const deep = await picture(8, 8, [200, 100, 50]).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect(distance(pixel(rightOf(await decodeImage(deep, square)()), 1, 1), [200, 100, 50])).toBeLessThan(12)
    const clear = {
      create: { width: 8, height: 8, channels: 4 as const, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    }
    expect(
      distance(pixel(rightOf(await decodeImage(await sharp(clear).png().toBuffer(), square)()), 1, 1), [0, 0, 0]),
    ).toBeLessThan(12)
  })

  it('makes one channel of colours', async () => {
    const pixels = rightOf(await decodeImage(await picture(8, 8, green).png().toBuffer(), { ...square, channels: 1 })())
    expect(pixels.length).toBe(16)
    expect(new Set(pixels).size).toBe(1)
    expect(pixels[0]).toBeGreaterThan(150) // green is light
  })

  it.each([
    [1, 1],
    [1, 600],
    [3000, 2],
    [3000, 2000],
  ])('takes %d × %d pixels', async (width, height) => {
    const pixels = rightOf(await decodeImage(await picture(width, height, blue).png().toBuffer(), square)())
    expect(distance(pixel(pixels, 2, 2), blue)).toBeLessThan(12)
  })

  it.each<[string, () => Promise<Uint8Array>]>([
    ['nothing', async () => new Uint8Array(0)],
    ['text', async () => new TextEncoder().encode('<html>not found</html>')],
    ['half a JPEG', async () => half(await picture(64, 64, red, green).jpeg().toBuffer())],
    ['half a PNG', async () => half(await picture(64, 64, red, green).png().toBuffer())],
  ])('refuses %s in one line that names the file', async (_, bytes) => {
    const { message } = leftOf(await decodeImage(await bytes(), square, 'cat/7.jpg')())
    expect(message).toMatch(/^cat\/7\.jpg: not an image that can be read: [^\n]+$/)
  })
})

describe('imageFolder', () => {
  const png = (colour: Colour): Promise<Buffer> => picture(6, 6, colour).png().toBuffer()
  let folder: string
  beforeAll(async () => {
    const files: readonly [string, Colour][] = [
      ['shop/b/2.png', blue],
      ['shop/b/10.PNG', green],
      ['shop/a/z.png', red],
      ['shop/c/inner/x.jpeg', red],
      ['shop/c/y.png', green],
      ['shop/c/z.png', blue],
    ]
    for (const [file, colour] of files) await save(file, png(colour))
    folder = join(scratch, 'shop')
    writeFileSync(join(folder, 'README.txt'), 'no class')
    writeFileSync(join(folder, 'a/notes.txt'), 'no picture')
    writeFileSync(join(folder, 'a/.hidden.png'), 'no picture')
    symlinkSync(join(folder, 'b/2.png'), join(folder, 'b/3.png'))
  })

  it('takes the first of each class, then the second of each, by name', async () => {
    const split = rightOf(await imageFolder({ folder, shape: square })())
    expect(split).toMatchObject({ name: 'shop', classes: 3, classNames: ['a', 'b', 'c'], inputShape: [4, 4, 3] })
    expect(split.files.map((file) => file.slice(folder.length + 1))).toEqual([
      'a/z.png',
      'b/10.PNG',
      'c/inner/x.jpeg',
      'b/2.png',
      'c/y.png',
      'b/3.png',
      'c/z.png',
    ])
    expect([...split.labels]).toEqual([0, 1, 2, 1, 2, 1, 2])
    const batch = await split.read([3, 0])
    expect([...batch.labels]).toEqual([1, 0])
    expect([...batch.inputs.subarray(0, 3), ...batch.inputs.subarray(48, 51)]).toEqual([0, 0, 1, 1, 0, 0])
  })

  splitLaws('imageFolder', async () => rightOf(await imageFolder({ folder, shape: square })()))

  it('finds train, test and val inside', async () => {
    const parts = join(scratch, 'parts')
    for (const part of ['train', 'val']) {
      mkdirSync(join(parts, part, 'x'), { recursive: true })
      copyFileSync(join(folder, 'a/z.png'), join(parts, part, 'x', `${part}.png`))
    }
    const name = async (part?: 'train' | 'test'): Promise<string> =>
      rightOf(await imageFolder({ folder: parts, shape: square, ...(part && { part }) })()).name
    expect([await name(), await name('train'), await name('test')]).toEqual(['parts/train', 'parts/train', 'parts/val'])
    expect(E.isLeft(await imageFolder({ folder, part: 'test', shape: square })())).toBe(true)
  })

  it('names the folder or the file that is wrong', async () => {
    const of = async (path: string): Promise<string> =>
      leftOf(await imageFolder({ folder: path, shape: square })()).message
    expect(await of(join(scratch, 'gone'))).toMatch(/gone: cannot be read \(ENOENT\)/)
    expect(await of(join(folder, 'a'))).toMatch(/a: required a folder for each class.*found none/)
    mkdirSync(join(scratch, 'gap/x'), { recursive: true })
    expect(await of(join(scratch, 'gap'))).toMatch(/gap\/x: required a picture in the folder of each class/)
    writeFileSync(join(scratch, 'gap/x/bad.png'), 'no picture')
    const split = rightOf(await imageFolder({ folder: join(scratch, 'gap'), shape: square })())
    await expect(split.read([0])).rejects.toThrow(/gap\/x\/bad\.png: not an image that can be read: [^\n]+$/)
  })
})
