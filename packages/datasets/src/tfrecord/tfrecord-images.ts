import { basename } from 'node:path'
import type { taskEither as TE } from 'fp-ts'
import { type ByteSource, fileSource } from '../binary/byte-source.ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { type ImageIndex, imageIndexBuilder } from '../images/image-index.ts'
import { indexedImages, openAll } from '../images/indexed-images.ts'
import { keptIndex, type KeptIndexOptions } from '../images/kept-index.ts'
import { type ClassOptions, labelsOf } from '../images/labels-of.ts'
import { type Feature, readExample } from './read-example.ts'
import { recordFrames, recordOf } from './record-frames.ts'

export interface TfrecordImagesOptions extends ClassOptions, KeptIndexOptions {
  /** The shards, in order: `train-00000-of-01024`, … */
  readonly files: readonly [string, ...string[]]
  /** The first shard's name where absent. */
  readonly name?: string
}

/** The features that hold a picture, its class and its name, as the two common makers of ImageNet shards call them. */
const PICTURE = ['image/encoded', 'image']
const LABEL = ['image/class/label', 'label']
const SYNSET = ['image/class/synset']
const NAME = ['image/filename', 'file_name']

/**
 * The pictures of TFRecord shards, one tf.Example each, read at random.
 *
 * The shards are gone through once, every record held against its checksums (masked CRC-32C), and the index is kept beside
 * the first shard; each read checks its record again. Classes are the examples' WordNet ids where they have them, else
 * their labels, which start at `firstLabel` (1 in the shards of the TensorFlow models' own script).
 *
 * @returns left when a shard can't be read, is torn or corrupt, or an example has no picture or no class.
 *
 * @example
 * tfrecordImages({ files: ['train-00000-of-00002', 'train-00001-of-00002'] })
 */
export function tfrecordImages(
  options: TfrecordImagesOptions,
): TE.TaskEither<FileFailure | FormatFailure, EncodedImages> {
  const { files, name = basename(files[0]) } = options
  return attempt(files[0], async () => {
    const sources = await openAll(files, fileSource)
    try {
      const index = await keptIndex(files, 'images', () => indexRecords(sources), options)
      const unwrap = (frame: Uint8Array, source: ByteSource, row: number): Uint8Array =>
        pictureOf(frame, source.file, index.offset[row]!)
      return indexedImages(index, { name, sources, unwrap, ...labelsOf(index, files[0], options) })
    } catch (cause) {
      await Promise.all(sources.map((source) => source.close()))
      throw cause
    }
  })
}

async function indexRecords(sources: readonly ByteSource[]): Promise<ImageIndex> {
  const index = imageIndexBuilder()
  for (const [file, source] of sources.entries()) {
    let count = 0
    for await (const { offset, length, data } of recordFrames(source)) {
      const features = readExample(data, source.file, offset + 12)
      requirePicture(features, source.file, offset)
      const label = find(features, LABEL)?.integers[0]
      index.add({
        name: textOf(find(features, NAME)) ?? `${basename(source.file)}#${String(count).padStart(8, '0')}`,
        group: textOf(find(features, SYNSET)) ?? '',
        ...(label === undefined || label < 0 || label > 2 ** 31 - 1 ? {} : { label }),
        file,
        offset,
        length,
      })
      count++
    }
  }
  return index.build()
}

function pictureOf(frame: Uint8Array, file: string, offset: number): Uint8Array {
  return requirePicture(readExample(recordOf(frame, file, offset), file, offset + 12), file, offset)
}

function requirePicture(features: ReadonlyMap<string, Feature>, file: string, offset: number): Uint8Array {
  const [picture] = find(features, PICTURE)?.bytes ?? []
  if (picture !== undefined) return picture
  const found = [...features.keys()].join(', ') || 'none'
  return refuse(formatFailure('a tf.Example', file, offset, `a feature ${PICTURE.join(' or ')} of bytes`, found))
}

function find(features: ReadonlyMap<string, Feature>, names: readonly string[]): Feature | undefined {
  return names.map((name) => features.get(name)).find((feature) => feature !== undefined)
}

function textOf(feature: Feature | undefined): string | undefined {
  const [bytes] = feature?.bytes ?? []
  return bytes === undefined || bytes.length === 0 ? undefined : Buffer.from(bytes).toString('utf8')
}
