import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { pickledBatch, pickledNames } from '../pickle/pickle-bytes.test-support.ts'
import { splitLaws } from '../split-laws.test-support.ts'
import { tarBytes } from '../tar/tar-bytes.test-support.ts'
import { cifar10 } from './cifar10.ts'
import { cifar100 } from './cifar100.ts'

const names = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ')
/** Picture i: red is i, green counts the rows, blue the columns. */
const planes = (i: number): Uint8Array =>
  Uint8Array.from({ length: 3072 }, (_, j) => [i, (j % 1024) >> 5, j % 32][j >> 10]!)
const record = (i: number, label: number): Uint8Array => Uint8Array.of(label, ...planes(i))
const join2 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

function binaryFiles(): Record<string, Uint8Array> {
  const batches = [1, 2, 3, 4, 5].map(
    (b) => [`data_batch_${b}.bin`, join2(record(2 * b, b), record(2 * b + 1, b + 4))] as const,
  )
  const meta = new Uint8Array(Buffer.from(`${names.join('\n')}\n\n`))
  return { ...Object.fromEntries(batches), 'test_batch.bin': record(99, 9), 'batches.meta.txt': meta }
}

function pythonFiles(): Record<string, Uint8Array> {
  const batch = (pictures: number[], labels: number[]): Uint8Array =>
    pickledBatch('labels', labels, join2(...pictures.map(planes)))
  const batches = [1, 2, 3, 4, 5].map((b) => [`data_batch_${b}`, batch([2 * b, 2 * b + 1], [b, b + 4])] as const)
  const meta = pickledNames('label_names', names)
  return { ...Object.fromEntries(batches), test_batch: batch([99], [9]), 'batches.meta': meta }
}

function archive(folder: string, files: Record<string, Uint8Array>): Uint8Array {
  return gzipSync(tarBytes(Object.entries(files).map(([name, bytes]) => ({ name: `${folder}/${name}`, bytes }))))
}

function unpacked(folder: string, files: Record<string, Uint8Array>): string {
  const directory = folderOf({})
  mkdirSync(join(directory, folder))
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, folder, name), bytes)
  return directory
}

const packed = (name: string, bytes: Uint8Array): string => folderOf({ [name]: bytes })

describe('cifar10', () => {
  const layouts: [string, () => string][] = [
    ['the binary archive', () => packed('cifar-10-binary.tar.gz', archive('cifar-10-batches-bin', binaryFiles()))],
    ['the python archive', () => packed('cifar-10-python.tar.gz', archive('cifar-10-batches-py', pythonFiles()))],
    ['unpacked binary batches', () => unpacked('cifar-10-batches-bin', binaryFiles())],
    ['unpacked python batches', () => unpacked('cifar-10-batches-py', pythonFiles())],
    [
      'the folder of the batches itself',
      () => join(unpacked('cifar-10-batches-py', pythonFiles()), 'cifar-10-batches-py'),
    ],
  ]
  it.each(layouts)('reads the same out of %s', async (_, make) => {
    const train = rightOf(await cifar10({ part: 'train', directory: make(), verify: false })())
    expect([train.name, train.classes, train.ids.length]).toEqual(['cifar10/train', 10, 10])
    expect(train.classNames).toEqual(names)
    const { inputs, labels } = await train.read([9, 0])
    expect([...labels]).toEqual([9, 1])
    const pixel = (row: number, column: number): number[] =>
      [...inputs.subarray(3 * (32 * row + column), 3 * (32 * row + column) + 3)].map((value) => Math.round(value * 255))
    expect([pixel(0, 0), pixel(31, 7)]).toEqual([
      [11, 0, 0],
      [11, 31, 7],
    ])
    const test = rightOf(await cifar10({ part: 'test', directory: make(), verify: false, inputShape: [3072] })())
    expect([test.ids.length, test.inputShape]).toEqual([1, [3072]])
  })

  splitLaws('cifar10', async () =>
    rightOf(await cifar10({ part: 'train', directory: unpacked('cifar-10-batches-bin', binaryFiles()) })()),
  )

  const damaged = (change: (files: Record<string, Uint8Array>) => void): string => {
    const files = binaryFiles()
    change(files)
    return unpacked('cifar-10-batches-bin', files)
  }
  it.each<[string, () => string, RegExp]>([
    ['an archive that is not the official one', layouts[0]![1], /wrong checksum: required sha256 c4a38c50/],
    ['a folder without CIFAR', () => folderOf({}), /cifar10: none of cifar-10-binary\.tar\.gz, .* is in/],
    [
      'a torn batch',
      () => damaged((files) => (files['data_batch_2.bin'] = record(0, 0).subarray(1))),
      /data_batch_2\.bin.*byte 0 .*3073/,
    ],
    [
      'a label of no class',
      () => damaged((files) => (files['data_batch_5.bin'] = record(0, 10))),
      /data_batch_5.*0 to 9, found 10/,
    ],
    [
      'a torn archive',
      () => packed('cifar-10-binary.tar.gz', archive('a', binaryFiles()).subarray(0, 300)),
      /cifar-10-binary\.tar\.gz.*whole/,
    ],
    ['no archive', () => packed('cifar-10-binary.tar.gz', Uint8Array.of(1, 2, 3)), /whole gzip stream, found Z_/],
    ['an archive without a batch', () => packed('cifar-10-binary.tar.gz', archive('a', {})), /wrong checksum/],
  ])('refuses %s', async (_, make, line) => {
    expect(leftOf(await cifar10({ part: 'train', directory: make() })()).message).toMatch(line)
  })

  it('refuses a pickle that wants to run something, unread', async () => {
    const files = { ...pythonFiles(), test_batch: new Uint8Array(Buffer.from('cos\nsystem\n(U\x02lstR.')) }
    const result = await cifar10({ part: 'test', directory: unpacked('cifar-10-batches-py', files) })()
    expect(leftOf(result)).toMatchObject({ _tag: 'FormatFailure', format: 'a pickle', offset: 0 })
  })
})

describe('cifar100', () => {
  it('takes the fine label, of both formats', async () => {
    const binary = unpacked('cifar-100-binary', {
      'test.bin': join2(Uint8Array.of(7), record(5, 42)),
      'fine_label_names.txt': new Uint8Array(0),
    })
    const python = unpacked('cifar-100-python', {
      test: pickledBatch('fine_labels', [42], planes(5)),
      meta: pickledNames('coarse', []),
    })
    for (const directory of [binary, python]) {
      const test = rightOf(await cifar100({ part: 'test', directory })())
      const { inputs, labels } = await test.read([0])
      expect([labels[0], test.classes, test.classNames.length, Math.round(inputs[0]! * 255)]).toEqual([42, 100, 100, 5])
    }
  })
})
