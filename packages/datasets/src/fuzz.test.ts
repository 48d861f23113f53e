import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Failure, Split } from '@coherent-gradients/core'
import { rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { either as E, type taskEither as TE } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { cifar10 } from './cifar/cifar10.ts'
import type { EncodedImages } from './images/encoded-images.ts'
import { encoded, ramps } from './images/encoded.test-support.ts'
import { imageSplit } from './images/image-split.ts'
import { readClassList } from './imagenet/read-class-list.ts'
import { readGroundTruth } from './imagenet/read-ground-truth.ts'
import { idxSplit } from './idx-split.ts'
import { folderOf, idxBytes } from './made-up.test-support.ts'
import { npzSplit } from './npz-split.ts'
import { packImages } from './pack/pack-images.ts'
import { packedSplit } from './pack/packed-split.ts'
import { parquetBytes } from './parquet/parquet-bytes.test-support.ts'
import { parquetImages } from './parquet/parquet-images.ts'
import { pickledBatch, pickledNames } from './pickle/pickle-bytes.test-support.ts'
import { tarBytes } from './tar/tar-bytes.test-support.ts'
import { tarImages } from './tar/tar-images.ts'
import { exampleBytes, recordBytes } from './tfrecord/record-bytes.test-support.ts'
import { tfrecordImages } from './tfrecord/tfrecord-images.ts'
import { npyBytes, zipBytes } from './zip-bytes.test-support.ts'

/** Damaged files of each format; `pnpm fuzz` in this package makes a hundred thousand in all. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 150)

/** One change: where, as a share of the file; and what is put there, or cut out. */
interface Change {
  readonly at: number
  readonly kind: 'flip' | 'put' | 'cut' | 'end' | 'repeat' | 'large'
  readonly bytes: Uint8Array
}

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('flip', 'put', 'cut', 'end', 'repeat', 'large'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 4 },
)

function damaged(whole: Uint8Array, all: readonly Change[]): Uint8Array {
  return all.reduce<Uint8Array>((bytes, { at, kind, bytes: put }) => {
    const place = Math.min(bytes.length, Math.floor(at * (bytes.length + 1)))
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)]
    switch (kind) {
      case 'flip':
        return bytes.map((byte, i) => (i === place ? byte ^ put[0]! : byte))
      case 'put':
        return joined(before, put, after.subarray(put.length))
      case 'cut':
        return joined(before, after.subarray(put[0]))
      case 'end':
        return before.slice()
      case 'repeat':
        return joined(before, after.subarray(0, 4 * put[0]!), after)
      case 'large':
        return joined(before, new Uint8Array(put.length).fill(255), after.subarray(put.length))
    }
  }, whole)
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Opens a file and reads everything in it. */
type Reader = (file: string) => Promise<E.Either<Failure, unknown>>

const split =
  (open: (file: string) => TE.TaskEither<Failure, Split & { close?(): Promise<void> }>): Reader =>
  async (file) => {
    const opened = await open(file)()
    if (E.isLeft(opened)) return opened
    try {
      return E.right(await opened.right.read(opened.right.ids))
    } catch (cause) {
      // What a read rejects with carries its failure.
      const { failure } = cause as { failure?: Failure }
      if (failure === undefined) throw cause
      return E.left(failure)
    } finally {
      await opened.right.close?.()
    }
  }

const images =
  (open: (file: string) => TE.TaskEither<Failure, EncodedImages>): Reader =>
  async (file) => {
    const opened = await open(file)()
    if (E.isLeft(opened)) return opened
    const { ids, read, close } = opened.right
    const all = await Promise.all(Array.from(ids, (id) => read(id)()))
    await close()
    return all.find(E.isLeft) ?? E.right(all)
  }

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value))
const jpeg = new Uint8Array(await ramps(16, 12).jpeg().toBuffer())
const pictures = [1, 2, 3].map((i) => ({ name: `n0${i % 2}_${i}.JPEG`, bytes: jpeg }))
const labels = join(folderOf({ labels: idxBytes([3], [0, 1, 2]) }), 'labels')
const packFile = join(folderOf({}), 'pack')
const small = { kind: 'centre-crop', resize: 4, crop: 4 } as const
rightOf(await packImages(imageSplit(encoded([jpeg, jpeg]), { preprocessing: small }), { file: packFile })())
const cifarFile = (name: string, bytes: Uint8Array): { [name: string]: Uint8Array } =>
  Object.fromEntries([1, 2, 3, 4, 5].map((i) => [name.replace('1', String(i)), bytes]))
const record = joined(Uint8Array.of(3), new Uint8Array(3072).fill(9))

/** Reads a CIFAR batch of which the damaged file is the test set. */
const cifar =
  (name: string): Reader =>
  async (file) => {
    const directory = join(file, '..')
    writeFileSync(join(directory, name), readFileSync(file))
    return cifar10({ part: 'test', directory, verify: false })()
  }

const formats: readonly [name: string, whole: Uint8Array, read: Reader][] = [
  [
    'IDX',
    idxBytes(
      [3, 2, 2],
      Array.from({ length: 12 }, (_, i) => i),
    ),
    split((file) => idxSplit({ name: 'a', images: file, labels, classes: 3 })),
  ],
  [
    'IDX behind gzip',
    gzipSync(idxBytes([3, 2, 2], new Uint8Array(12))),
    split((file) => idxSplit({ name: 'a', images: file, labels, classes: 3 })),
  ],
  [
    'npz',
    zipBytes(
      { 'x.npy': npyBytes('|u1', [2, 3], new Uint8Array(6)), 'y.npy': npyBytes('|u1', [2], new Uint8Array(2)) },
      true,
    ),
    split((file) => npzSplit({ file })),
  ],
  [
    'tar',
    tarBytes([
      { name: 'n00.tar', bytes: tarBytes(pictures) },
      { name: 'x', type: 'L', bytes: text('long/name.jpg') },
      ...pictures.map(({ name, bytes }) => ({ name: `a/${name}`, bytes })),
    ]),
    images((file) => tarImages({ file })),
  ],
  [
    'TFRecord',
    recordBytes(
      pictures.map(({ bytes }, i) => exampleBytes({ 'image/encoded': bytes, label: i, 'image/filename': 'a' })),
    ),
    images((file) => tfrecordImages({ files: [file] })),
  ],
  [
    'tf.Example',
    exampleBytes({ 'image/encoded': text('picture'), label: 1, 'image/class/synset': 'n01' }),
    async (file) => {
      writeFileSync(`${file}.record`, recordBytes([readFileSync(file)]))
      return images((each) => tfrecordImages({ files: [each] }))(`${file}.record`)
    },
  ],
  [
    'Parquet',
    parquetBytes([0, 1, 2, 3].map((i) => ({ bytes: text(`picture ${i % 2}`.repeat(9)), path: `${i}.jpg`, label: i }))),
    images((file) => parquetImages({ files: [file] })),
  ],
  [
    'Parquet of many pages',
    parquetBytes(
      [0, 1, 2, 3].map((i) => ({ bytes: text(`picture ${i}`), path: `${i}.jpg`, label: i })),
      { codec: 'UNCOMPRESSED', pageSize: 10, rowGroupSize: 2 },
    ),
    images((file) => parquetImages({ files: [file] })),
  ],
  ['pickle', pickledBatch('labels', [1, 2], new Uint8Array(6144)), cifar('test_batch')],
  ['CIFAR batch', record, cifar('test_batch.bin')],
  ['tar.gz', gzipSync(tarBytes([{ name: 'a/test_batch.bin', bytes: record }])), cifar('cifar-10-binary.tar.gz')],
  ['pack', new Uint8Array(readFileSync(packFile)), split((file) => packedSplit(file))],
  ['class list', text('n01440764 1 tench\nn01443537 2 goldfish\n'), async (file) => readClassList(file)()],
  [
    'class list as JSON',
    text('{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}'),
    async (file) => readClassList(file)(),
  ],
  ['ground truth', text('n01440764\nn01443537\n'), async (file) => readGroundTruth({ file })()],
  [
    'picture',
    jpeg,
    async (file) => {
      const one = imageSplit(encoded([readFileSync(file)]), { preprocessing: small })
      return split(() => async () => E.right(one))(file)
    },
  ],
]
/** What a CIFAR reader wants besides the damaged file. */
const beside: Readonly<Record<string, Record<string, Uint8Array>>> = {
  pickle: { ...cifarFile('data_batch_1', new Uint8Array(0)), 'batches.meta': pickledNames('label_names', []) },
  'CIFAR batch': { ...cifarFile('data_batch_1.bin', new Uint8Array(0)), 'batches.meta.txt': text('a') },
}

describe.each(formats)('a damaged file of %s', (name, whole, read) => {
  const folder = folderOf({ ...beside[name], file: whole })
  const file = join(folder, 'file')

  it('is read when it is whole', async () => {
    expect(rightOf(await read(file))).toBeDefined()
  })

  test.prop(
    [fc.oneof({ weight: 9, arbitrary: changes }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) })],
    {
      numRuns,
    },
  )(
    'is read or refused in one line, and never more',
    async (change) => {
      const bytes = change instanceof Uint8Array ? change : damaged(whole, change)
      writeFileSync(file, bytes)
      const before = process.memoryUsage().arrayBuffers
      const result = await read(file)
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 28)
      if (E.isRight(result)) return
      expect(result.left._tag).toMatch(/^[A-Z]\w+$/)
      expect(result.left.message).toMatch(/^[^\n]+$/)
      expect(result.left).toHaveProperty('file')
      if (/^(?:Format|Idx|Npz)Failure$/.test(result.left._tag)) {
        expect(result.left).toMatchObject({ offset: expect.toSatisfy((at) => Number.isInteger(at) && at >= 0) })
      }
    },
    5000 + 20 * numRuns,
  )
})
