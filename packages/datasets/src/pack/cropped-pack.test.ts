import { join } from 'node:path'
import { keyOf } from '@coherent-gradients/core'
import { rightOf } from '@coherent-gradients/testkit'
import sharp from 'sharp'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { encoded, ramps } from '../images/encoded.test-support.ts'
import { type ImageSplit, imageSplit } from '../images/image-split.ts'
import type { CentreCrop, Preprocessing, RandomCrop } from '../images/preprocessing.ts'
import { folderOf } from '../made-up.test-support.ts'
import { splitLaws } from '../split-laws.test-support.ts'
import { croppedPack } from './cropped-pack.ts'
import { packImages } from './pack-images.ts'
import { packServes } from './pack-serves.ts'
import { packedSplit } from './packed-split.ts'

const sizes = [
  [31, 24],
  [24, 37],
  [60, 25],
  [24, 24],
] as const
const pictures = [
  ...(await Promise.all(sizes.map(([width, height]) => ramps(width, height).png().toBuffer()))),
  new Uint8Array(3),
]
const packing: CentreCrop = { kind: 'centre-crop', resize: 16, crop: 16 }
const random: RandomCrop = { kind: 'random-crop', crop: 6 }
const straight = (preprocessing: Preprocessing): ImageSplit =>
  imageSplit(encoded(pictures.slice(0, 4)), { preprocessing, key: keyOf(1) })

async function cutAnew(preprocessing: Preprocessing): Promise<ImageSplit> {
  const file = join(folderOf({}), 'a.pack')
  rightOf(await packImages(imageSplit(encoded(pictures), { preprocessing: packing, onBadImage: 'skip' }), { file })())
  const pack = rightOf(await packedSplit(file)())
  onTestFinished(() => pack.close())
  return croppedPack(pack, { preprocessing, key: keyOf(1) })
}

describe('croppedPack', () => {
  const opened: { close(): Promise<void> }[] = []
  afterAll(() => Promise.all(opened.map((pack) => pack.close())).then(() => {}))
  splitLaws('croppedPack', async () => {
    const folder = folderOf({})
    const file = join(folder, 'a.pack')
    rightOf(await packImages(straight(packing), { file })())
    const pack = rightOf(await packedSplit(file)())
    opened.push(pack)
    return croppedPack(pack, { preprocessing: random, key: keyOf(1) }).atEpoch(2)
  })

  it.each([16, 12, 2])('gives the middle %d × itself of a picture as decoding it does, byte for byte', async (crop) => {
    const how: CentreCrop = { kind: 'centre-crop', resize: 16, crop }
    const cut = await cutAnew(how)
    expect(await cut.readBytes(cut.ids)).toEqual(await straight(how).readBytes([0, 1, 2, 3]))
  })

  it('draws from what is packed as from a picture of those pixels', async () => {
    const whole = (await straight(packing).readBytes([2])).bytes
    const png = await sharp(whole, { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toBuffer()
    const square = { ...encoded([png]), ids: Uint32Array.of(2), read: () => encoded([png]).read(0) }
    const asPicture = imageSplit(square, { preprocessing: random, key: keyOf(1) })
    const cut = await cutAnew(random)
    const read = (split: ImageSplit, epoch: number) => split.atEpoch(epoch).readBytes([2])
    for (const epoch of [0, 1, 5, 6]) expect(await read(cut, epoch)).toEqual(await read(asPicture, epoch))
    expect((await read(cut, 0)).bytes).not.toEqual((await read(cut, 1)).bytes)
  })

  it('knows what was left out when the pictures were packed', async () => {
    const cut = await cutAnew(random)
    expect([...cut.ids]).toEqual([0, 1, 2, 3])
    expect(cut.leftOut()).toMatchObject([{ id: 4, failure: { message: expect.stringMatching(/^picture 4: not an/) } }])
    expect(cut.cut({ kind: 'random-crop', crop: 3 }, keyOf(9)).inputShape).toEqual([3, 3, 3])
  })

  it('refuses what holds no colours', async () => {
    const file = join(folderOf({}), 'a.pack')
    rightOf(await packImages(straight(packing), { file })())
    const pack = rightOf(await packedSplit(file)())
    onTestFinished(() => pack.close())
    const gray = { ...pack, inputShape: [16, 16, 1] }
    expect(() => croppedPack(gray, { preprocessing: random })).toThrow(/found \[16, 16, 1\]/)
  })
})

describe('packServes', () => {
  it.each([
    [packing, { ...packing, crop: 12 }, true],
    [{ ...packing, orientation: 'exif' }, packing, true],
    [packing, { ...packing, crop: 13 }, false],
    [{ ...packing, crop: 12 }, packing, false],
    [packing, { ...packing, resize: 20 }, false],
    [packing, { ...packing, orientation: 'stored' }, false],
    [packing, random, false],
    [random, packing, false],
    [undefined, packing, false],
  ] as const)('%j for %j: %s', (own, asked, serves) => {
    expect(packServes(own, asked)).toBe(serves)
  })
})
