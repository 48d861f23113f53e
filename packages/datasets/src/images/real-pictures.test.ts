import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { parquetBytes } from '../parquet/parquet-bytes.test-support.ts'
import { parquetImages } from '../parquet/parquet-images.ts'
import { tarBytes } from '../tar/tar-bytes.test-support.ts'
import { tarImages } from '../tar/tar-images.ts'
import { exampleBytes, recordBytes } from '../tfrecord/record-bytes.test-support.ts'
import { tfrecordImages } from '../tfrecord/tfrecord-images.ts'
import type { EncodedImages } from './encoded-images.ts'
import { plain, ramps } from './encoded.test-support.ts'
import { folderImages } from './folder-images.ts'
import { imageSplit } from './image-split.ts'
import { centreCrop224, randomCrop224 } from './preprocessing.ts'

/** Pictures as odd as ImageNet's. */
async function oddPictures(): Promise<string> {
  const odd = await Promise.all([
    ramps(500, 375).jpeg().toBuffer(),
    ramps(375, 500).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    plain(60, 80, '#808080').grayscale().jpeg().toBuffer(),
    plain(80, 60, '#ffffff').toColourspace('cmyk').jpeg().toBuffer(),
    ramps(2, 2).jpeg().toBuffer(),
    ramps(90, 70).png().toBuffer(),
    ramps(2600, 1900).jpeg().toBuffer(),
    ramps(2000, 9).jpeg({ progressive: true }).toBuffer(),
  ])
  const files = odd.map((bytes, i) => {
    const wnid = `n0000000${i % 3}`
    return { name: `${wnid}/${wnid}_${i}.JPEG`, bytes: new Uint8Array(bytes) }
  })
  const folder = folderOf({ 'odd.tar': tarBytes(files) })
  return join(folder, 'odd.tar')
}

/** Archives of real pictures, where COHERENT_GRADIENTS_PICTURES names some, with colons between them. */
const named = (process.env['COHERENT_GRADIENTS_PICTURES'] ?? '').split(':').filter((file) => file !== '')

async function hashOf(images: EncodedImages): Promise<string> {
  const hash = createHash('sha256')
  for (const preprocessing of [centreCrop224, randomCrop224]) {
    const split = imageSplit(images, { preprocessing })
    for (let from = 0; from < split.ids.length; from += 64) {
      const ids = split.ids.subarray(from, from + 64)
      const { bytes } = await split.readBytes(ids)
      expect(bytes.length).toBe(ids.length * 224 * 224 * 3)
      hash.update(bytes)
    }
  }
  return hash.update(String(images.labels)).digest('hex')
}

describe.each([await oddPictures(), ...named])('the pictures of %s', (file) => {
  it('decode to their shape, and to the same numbers out of a folder, TFRecord and Parquet', async () => {
    const folder = folderOf({})
    const read = rightOf(await tarImages({ file, indexFolder: folder })())
    onTestFinished(() => read.close())
    const { classNames } = read
    const pictures = await Promise.all(
      Array.from(read.ids, async (id) => ({
        bytes: rightOf(await read.read(id)()),
        label: read.labels[id]!,
        name: basename(read.whereIs(id).replace(/ at byte \d+$/, '')),
      })),
    )
    const write = (path: string, bytes: Uint8Array): string => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
      return join(folder, path)
    }
    for (const { name, label, bytes } of pictures) write(`train/${classNames[label]}/${name}`, bytes)
    const records = pictures.map(({ name, label, bytes }) =>
      exampleBytes({
        'image/class/synset': classNames[label]!,
        'image/filename': name,
        'image/encoded': bytes,
        'image/class/label': label + 1,
      }),
    )
    const rows = pictures.map(({ name, label, bytes }) => ({ bytes, label, path: name }))
    const others = {
      folder: folderImages({ folder: join(folder, 'train') }),
      TFRecord: tfrecordImages({ files: [write('a.record', recordBytes(records))] }),
      Parquet: parquetImages({ files: [write('a.parquet', parquetBytes(rows))], classes: classNames }),
    }
    const hash = await hashOf(read)
    for (const [format, open] of Object.entries(others)) {
      const images = rightOf<EncodedImages>(await open())
      onTestFinished(() => images.close())
      expect(images.classNames, format).toEqual(classNames)
      expect(await hashOf(images), format).toBe(hash)
    }
  }, 300_000)
})
