import { join } from 'node:path'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { shardsIn } from '../images/shards-in.ts'
import { folderOf } from '../made-up.test-support.ts'
import { crc32c } from './crc32c.ts'
import { exampleBytes, type FeatureValue, recordBytes } from './record-bytes.test-support.ts'
import { tfrecordImages, type TfrecordImagesOptions } from './tfrecord-images.ts'

const example = (i: number, more: Readonly<Record<string, FeatureValue>> = {}): Uint8Array =>
  exampleBytes({ 'image/height': 9, 'image/encoded': `picture ${i}`, 'image/class/label': i, ...more })

async function open(shards: readonly Uint8Array[], options: Partial<TfrecordImagesOptions> = {}) {
  const folder = folderOf(Object.fromEntries(shards.map((bytes, i) => [`shard-${i}`, bytes])))
  const files = shards.map((_, i) => join(folder, `shard-${i}`)) as [string, ...string[]]
  return tfrecordImages({ files, ...options })()
}

describe('crc32c', () => {
  it('is Castagnoli’s', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
  })
})

describe('tfrecordImages', () => {
  it('reads shards at random, by labels that count from 1', async () => {
    const shards = [recordBytes([example(2), example(1)]), recordBytes([example(3)])]
    const images = rightOf(await open(shards, { firstLabel: 1 }))
    const texts = await Promise.all(
      Array.from(images.ids, async (id) => Buffer.from(rightOf(await images.read(id)())).toString()),
    )
    expect(texts).toEqual(['picture 1', 'picture 2', 'picture 3'])
    expect([...images.labels]).toEqual([0, 1, 2])
    expect(images.whereIs(2)).toMatch(/shard-1: shard-1#00000000 at byte 0$/)
    await images.close()
  })

  it('prefers WordNet ids to labels, and takes names where there are', async () => {
    const names = (wnid: string, i: number): Record<string, string> => ({
      'image/class/synset': wnid,
      'image/filename': `${wnid}_${i}.JPEG`,
    })
    const shard = recordBytes([example(5, names('n02', 2)), example(9, names('n02', 1)), example(0, names('n01', 7))])
    const images = rightOf(await open([shard]))
    expect([images.classNames, [...images.labels]]).toEqual([
      ['n01', 'n02'],
      [0, 1, 1],
    ])
    expect(images.whereIs(2)).toMatch(/n02_2\.JPEG at byte \d+$/)
    await images.close()
  })

  const whole = recordBytes([example(0), example(1)])
  const changed = (at: number): Uint8Array => whole.map((byte, i) => (i === at ? byte ^ 1 : byte))
  it.each<[string, Uint8Array, RegExp]>([
    ['a changed length', changed(0), /at byte 0 required 8 bytes of the sum/],
    ['a changed record', changed(20), /at byte 12 required \d+ bytes of the sum/],
    ['a torn record', whole.subarray(0, -1), /bytes, found \d+ to its end/],
    ['a torn frame', whole.subarray(0, 9), /a frame of 16 bytes, found 9/],
    [
      'an example without a picture',
      recordBytes([exampleBytes({ label: 1 })]),
      /image\/encoded or image of bytes, found label/,
    ],
    ['no example', recordBytes([Uint8Array.of(10, 200, 1)]), /at byte 15 required 200 bytes, found 0/],
    ['a label that is not there', recordBytes([exampleBytes({ image: 'x' })]), /required a class/],
    ['a label below the first', recordBytes([example(0)]), /a label from 0 to .*found -1/],
  ])('refuses %s', async (name, bytes, line) => {
    const failure = leftOf(await open([bytes], { firstLabel: name.includes('below') ? 1 : 0 }))
    expect(failure).toMatchObject({ _tag: 'FormatFailure', file: expect.stringMatching(/shard-0$/) })
    expect(failure.message).toMatch(line)
  })
})

describe('shardsIn', () => {
  const folder = (...names: string[]): string =>
    folderOf(Object.fromEntries(names.map((name) => [name, new Uint8Array(1)])))
  it('finds the shards of a part in order, whatever is around its name', async () => {
    const found = async (...names: string[]): Promise<string[]> => {
      const where = folder(...names, 'other.txt')
      return rightOf(await shardsIn(where, ['val', 'validation'])()).map((file) => file.slice(where.length + 1))
    }
    const plain = ['validation-00001-of-00002', 'validation-00000-of-00002']
    expect(await found(...plain, 'train-00000-of-00001')).toEqual(plain.toReversed())
    expect(await found('imagenet2012-validation.tfrecord-00000-of-00001')).toHaveLength(1)
    expect(await found('val-00000-of-00001.parquet')).toHaveLength(1)
  })
  it('says which are missing', async () => {
    expect(leftOf(await shardsIn(folder('train-00001-of-00003'), ['train'])())).toMatchObject({ missing: [0, 2] })
    expect(leftOf(await shardsIn(folder(), ['train'])()).message).toMatch(
      /no shards of train like train-00000-of-01024/,
    )
  })
})
