import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyOf, permutation, type Failure } from '@coherent-gradients/core'
import { folderImages, packedSplit, tarImages } from '@coherent-gradients/datasets'
import { centreCrop224, imageSplit, packImages, randomCrop224 } from '@coherent-gradients/datasets/images'
import { either as E, type taskEither as TE } from 'fp-ts'
import sharp from 'sharp'
import { compare, type Comparison } from '../comparison.ts'
import { measureInterleaved } from '../measure-interleaved.ts'
import { madeUpPictures } from './made-up-pictures.ts'

const noPause = { before: () => {} }
/** Bytes of 1,000 examples of 224 × 224. */
const PACKED = 1000 * 224 * 224 * 3

/** Pictures: decoding beside sharp alone, random access into a tar of tars beside files of their own, the packed file. */
export async function pictureLines(): Promise<readonly Comparison[]> {
  const pictures = await madeUpPictures()
  try {
    const images = await right(tarImages({ file: pictures.archive }))
    const unpacked = await right(folderImages({ folder: pictures.folder }))
    const file = join(pictures.scratch, 'train.pack')
    await right(packImages(imageSplit(images, { preprocessing: centreCrop224 }), { file }))
    const pack = await right(packedSplit(file))
    try {
      const ids = images.ids.subarray(0, 96)
      const encoded = await Promise.all(Array.from(ids, (id) => right(images.read(id))))
      const crops = [
        imageSplit(images, { preprocessing: centreCrop224 }),
        imageSplit(unpacked, { preprocessing: centreCrop224 }),
        imageSplit(images, { preprocessing: randomCrop224 }),
      ] as const
      const [alone, tar, folder, floats32, random] = await measureInterleaved(
        [
          {
            name: '96 photographs to 224 × 224 by sharp alone, from memory',
            run: async () => void (await Promise.all(encoded.map(bySharp))),
          },
          {
            name: 'the same out of a tar of tars',
            run: async () => void (await crops[0].readBytes(ids)),
          },
          {
            name: 'the same out of a folder',
            run: async () => void (await crops[1].readBytes(ids)),
          },
          {
            name: 'the same out of a folder, as float32',
            run: async () => void (await crops[1].read(ids)),
          },
          {
            name: 'random crops of them out of the tar of tars',
            run: async (repetition) => void (await crops[2].atEpoch(repetition).readBytes(ids)),
          },
        ],
        { budgetMs: 15_000, least: 10, most: 60, ...noPause },
      )
      const order = permutation(keyOf('order'), images.ids.length).subarray(0, 1000)
      const [files, inTar] = await measureInterleaved(
        [
          {
            name: '1,000 random reads of files of their own',
            async run() {
              for (const id of order) await readFile(unpacked.whereIs(id))
            },
          },
          {
            name: 'the same in a tar of tars',
            async run() {
              for (const id of order) await right(images.read(id))
            },
          },
        ],
        { budgetMs: 4_000, least: 5, most: 60, ...noPause },
      )
      const batches = Array.from({ length: 10 }, (_, i) => order.subarray(100 * i, 100 * i + 100))
      const [bytes, floats] = await measureInterleaved(
        [
          {
            name: '1,000 packed examples in batches of 100, checksums held',
            async run() {
              for (const batch of batches) await pack.readBytes(batch)
            },
          },
          {
            name: 'the same as float32',
            async run() {
              for (const batch of batches) await pack.read(batch)
            },
          },
        ],
        { budgetMs: 6_000, least: 5, most: 60, ...noPause },
      )
      return [
        compare(alone!, alone!, { by: 'wall' }),
        compare(tar!, alone!, { by: 'wall', goal: '≤ 1.11 (90%)' }),
        compare(folder!, alone!, { by: 'wall', goal: '≤ 1.11 (90%)' }),
        compare(floats32!, alone!, { by: 'wall' }),
        compare(random!, alone!, { by: 'wall' }),
        compare(files!, files!, { by: 'wall' }),
        compare(inTar!, files!, { by: 'wall', goal: '≤ 1.11 (90%)' }),
        compare(bytes!, bytes!, { by: 'wall', goal: `≤ ${Math.round(PACKED / 1e6)} ms (1 GB/s)` }),
        compare(floats!, bytes!, { by: 'wall' }),
      ]
    } finally {
      await Promise.all([images.close(), unpacked.close(), pack.close()])
    }
  } finally {
    pictures.remove()
  }
}

function bySharp(bytes: Uint8Array): Promise<Buffer> {
  const scaled = sharp(bytes).resize({ height: 256, kernel: 'linear' })
  return scaled.extract({ left: 58, top: 16, width: 224, height: 224 }).raw().toBuffer()
}

async function right<A>(task: TE.TaskEither<Failure, A>): Promise<A> {
  const result = await task()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}
