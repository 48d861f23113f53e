import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keyOf } from '@coherent-gradients/core'
import { rightOf } from '@coherent-gradients/testkit'
import { either as E } from 'fp-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { parquetBytes } from '../parquet/parquet-bytes.test-support.ts'
import { parquetImages } from '../parquet/parquet-images.ts'
import { randomPixels } from '../random-pixels.ts'
import { tarBytes } from '../tar/tar-bytes.test-support.ts'
import { tarImages } from '../tar/tar-images.ts'
import { exampleBytes, recordBytes } from '../tfrecord/record-bytes.test-support.ts'
import { tfrecordImages } from '../tfrecord/tfrecord-images.ts'
import { uniformLabelNoise } from '../uniform-label-noise.ts'
import type { EncodedImages } from './encoded-images.ts'
import { ramps } from './encoded.test-support.ts'
import { folderImages } from './folder-images.ts'
import { imageSplit } from './image-split.ts'

const wnids = ['n01440764', 'n01443537', 'n01484850']

interface Picture {
  readonly wnid: string
  readonly name: string
  readonly bytes: Uint8Array
}

describe('the same pictures', () => {
  const formats = new Map<string, EncodedImages>()
  beforeAll(async () => {
    const pictures: Picture[] = await Promise.all(
      Array.from({ length: 14 }, async (_, i) => {
        const wnid = wnids[(i % 5) % 3]!
        const bytes = new Uint8Array(
          await ramps(20 + i, 15 + 2 * i)
            .jpeg()
            .toBuffer(),
        )
        return { wnid, name: `${wnid}_${100 - i * 7}.JPEG`, bytes }
      }),
    )
    const folder = folderOf({})
    const file = (path: string, bytes: Uint8Array): string => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
      return join(folder, path)
    }
    for (const { wnid, name, bytes } of pictures) {
      file(`train/${wnid}/${name}`, bytes)
      file(`flat/${name}`, bytes)
    }
    const classTars = wnids.toReversed().map((wnid) => {
      const own = pictures.filter((each) => each.wnid === wnid)
      return { name: `${wnid}.tar`, bytes: tarBytes(own) }
    })
    const records = pictures.map(({ wnid, name, bytes }) =>
      exampleBytes({
        'image/class/label': wnids.indexOf(wnid) + 1,
        'image/class/synset': wnid,
        'image/filename': name,
        'image/encoded': bytes,
      }),
    )
    const rows = pictures.map(({ wnid, name, bytes }) => ({
      bytes,
      path: name.replace('.JPEG', `_${wnid}.JPEG`),
      label: wnids.indexOf(wnid),
    }))
    const truth = (name: string): string | undefined => pictures.find((each) => name.endsWith(each.name))?.wnid
    const opened = {
      folder: folderImages({ folder: join(folder, 'train') }),
      'flat folder': folderImages({ folder: join(folder, 'flat'), truth, classes: wnids }),
      'tar of tars': tarImages({ file: file('train.tar', tarBytes(classTars)) }),
      'flat tar': tarImages({ file: file('flat.tar', tarBytes(pictures.toReversed())), truth, classes: wnids }),
      TFRecord: tfrecordImages({
        files: [file('a-0', recordBytes(records.slice(9))), file('a-1', recordBytes(records.slice(0, 9)))],
        classes: wnids,
      }),
      Parquet: parquetImages({ files: [file('a.parquet', parquetBytes(rows, { rowGroupSize: 5 }))], classes: wnids }),
    }
    for (const [name, open] of Object.entries(opened)) {
      const images = await open()
      if (E.isLeft(images)) throw new Error(`${name}: ${images.left.message}`)
      formats.set(name, images.right)
    }
    return async () => {
      for (const images of formats.values()) await images.close()
    }
  })

  it.each([
    { kind: 'centre-crop', resize: 16, crop: 12 },
    { kind: 'random-crop', crop: 12 },
  ] as const)('give the same ids, labels, tensors and noise in every format ($kind)', async (preprocessing) => {
    const read = async (images: EncodedImages) => {
      const split = imageSplit(images, { preprocessing, key: keyOf(3) }).atEpoch(2)
      const labels = rightOf(uniformLabelNoise(split, { key: keyOf(1), fraction: 0.5 }))
      const noisy = rightOf(randomPixels(labels, { key: keyOf(2), fraction: 0.5 }))
      return { batch: await noisy.read(noisy.ids), classNames: split.classNames }
    }
    const first = await read(formats.get('folder')!)
    expect(first.classNames).toEqual(wnids)
    expect(first.batch.touched.includes(1) && first.batch.touched.includes(0)).toBe(true)
    for (const [name, images] of formats) expect(await read(images), name).toEqual(first)
  })
})
