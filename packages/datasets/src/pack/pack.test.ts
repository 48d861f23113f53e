import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { encoded, ramps } from '../images/encoded.test-support.ts'
import { type ImageSplit, imageSplit } from '../images/image-split.ts'
import { folderOf } from '../made-up.test-support.ts'
import { splitLaws } from '../split-laws.test-support.ts'
import { packImages } from './pack-images.ts'
import { packedSplit } from './packed-split.ts'

const pictures = await Promise.all(
  Array.from(
    { length: 20 },
    async (_, i) =>
      new Uint8Array(
        await ramps(10 + i, 12)
          .png()
          .toBuffer(),
      ),
  ),
)
pictures[7] = new Uint8Array(3)
const preprocessing = { kind: 'centre-crop', resize: 8, crop: 6 } as const
const split = (): ImageSplit => imageSplit(encoded(pictures), { preprocessing, onBadImage: 'skip' })
const target = (): string => join(folderOf({}), 'a.pack')

async function packed(file = target()): Promise<string> {
  rightOf(await packImages(split(), { file, batchSize: 6 })())
  return file
}

describe('packImages and packedSplit', () => {
  const opened: { close(): Promise<void> }[] = []
  afterAll(() => Promise.all(opened.map((pack) => pack.close())).then(() => {}))
  splitLaws('packedSplit', async () => {
    const pack = rightOf(await packedSplit(await packed())())
    opened.push(pack)
    return pack
  })

  it('give what decoding gives, and say what is left out', async () => {
    const told: number[] = []
    const file = target()
    const report = rightOf(await packImages(split(), { file, batchSize: 6, tell: (done) => void told.push(done) })())
    expect(report).toMatchObject({ examples: 19, finished: true, leftOut: [{ id: 7 }] })
    expect(told).toEqual([6, 12, 18, 20])
    const pack = rightOf(await packedSplit(file)())
    onTestFinished(() => pack.close())
    const ids = [3, 4, 5, 19, 0]
    expect(await pack.read(ids)).toEqual(await split().read(ids))
    expect(await pack.readBytes(ids)).toEqual((await split().readBytes(ids)).bytes)
    expect([pack.preprocessing, pack.classNames, pack.leftOut[0]?.message]).toEqual([
      preprocessing,
      ['only'],
      expect.stringMatching(/^picture 7: not an image/),
    ])
    await expect(pack.read([7])).rejects.toThrow(/no example has the id 7/)
    expect([existsSync(`${file}.partial`), existsSync(`${file}.journal`)]).toEqual([false, false])
  })

  it.each([0, 1, 3])('end in the same bytes when they were stopped after %d batches and torn', async (batches) => {
    const file = target()
    const stop = new AbortController()
    if (batches === 0) stop.abort()
    let told = 0
    const tell = (): void => {
      if (++told === batches) stop.abort()
    }
    const stopped = rightOf(await packImages(split(), { file, batchSize: 6, tell, signal: stop.signal })())
    expect([stopped.finished, existsSync(file)]).toEqual([false, false])
    writeFileSync(`${file}.journal`, '0123456789abcdef {"batch":', { flag: 'a' })
    writeFileSync(`${file}.partial`, 'half a batch', { flag: 'a' })
    const before = told
    rightOf(await packImages(split(), { file, batchSize: 6, tell })())
    expect(told - before).toBe(4 - batches)
    expect(readFileSync(file)).toEqual(readFileSync(await packed()))
  })

  it('begin anew where other work lies half done', async () => {
    const file = target()
    const stop = new AbortController()
    const other = imageSplit(encoded(pictures.slice(0, 3)), { preprocessing })
    rightOf(await packImages(other, { file, batchSize: 2, tell: () => stop.abort(), signal: stop.signal })())
    expect(readFileSync(await packed(file))).toEqual(readFileSync(await packed()))
  })

  it('stop at a bad picture where they are told to, and go on after it is mended', async () => {
    const file = target()
    const strict = (all: readonly Uint8Array[]): ImageSplit => imageSplit(encoded(all), { preprocessing })
    expect(leftOf(await packImages(strict(pictures), { file, batchSize: 6 })()).message).toMatch(/^picture 7/)
    expect(existsSync(file)).toBe(false)
    const mended = pictures.with(7, pictures[6]!)
    expect(rightOf(await packImages(strict(mended), { file, batchSize: 6 })())).toMatchObject({ examples: 20 })
  })

  it('have a hash that tells other content', async () => {
    const hash = async (pack: string): Promise<string> => {
      const again = rightOf(await packedSplit(pack)())
      await again.close()
      return again.contentHash
    }
    const other = target()
    const changed = imageSplit(encoded(pictures.with(2, pictures[3]!)), { preprocessing, onBadImage: 'skip' })
    rightOf(await packImages(changed, { file: other })())
    const file = await packed()
    expect(await hash(file)).toMatch(/^[0-9a-f]{64}$/)
    expect(await hash(file)).not.toBe(await hash(other))
  })

  it('refuse a changed pixel when it is read, unless they are told not to look', async () => {
    const file = await packed()
    const bytes = readFileSync(file)
    bytes[5 * 108 + 3]! ^= 1
    writeFileSync(file, bytes)
    const pack = rightOf(await packedSplit(file)())
    const lax = rightOf(await packedSplit(file, { verify: false })())
    onTestFinished(() => Promise.all([pack.close(), lax.close()]).then(() => {}))
    await expect(pack.read([4, 5])).rejects.toThrow(
      /at byte 540 required the pixels of example 5, found bytes of another/,
    )
    expect([...(await pack.read([4, 6])).ids]).toEqual([4, 6])
    expect((await lax.read([5])).ids.length).toBe(1)
  })

  it.each<[string, (file: string, size: number) => void, RegExp]>([
    ['a torn file', (file, size) => truncateSync(file, size - 3), /required CGPACK01/],
    ['an empty file', (file) => truncateSync(file, 0), /required 16 bytes, found 0/],
    ['a trailer longer than the file', (file, size) => poke(file, size - 13, 0x7f), /a trailer inside the file/],
    ['a changed trailer', (file, size) => poke(file, size - 30, 0x55), /a trailer of its checksum/],
    [
      'pixels that are missing',
      (file) => writeFileSync(file, readFileSync(file).subarray(108)),
      /19 examples of 108 bytes/,
    ],
  ])('refuse %s', async (_, damage, line) => {
    const file = await packed()
    damage(file, readFileSync(file).length)
    expect(leftOf(await packedSplit(file)()).message).toMatch(line)
  })
})

function poke(file: string, at: number, byte: number): void {
  const bytes = readFileSync(file)
  bytes[at] = byte
  writeFileSync(file, bytes)
}
