import { join } from 'node:path'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EncodedImages } from '../images/encoded-images.ts'
import { folderOf } from '../made-up.test-support.ts'
import { parquetBytes, type PictureRow } from './parquet-bytes.test-support.ts'
import { parquetImages, type ParquetImagesOptions } from './parquet-images.ts'
import { readHybrid } from './read-hybrid.ts'
import { snappy } from './snappy.ts'

async function open(files: readonly Uint8Array[], options: Partial<ParquetImagesOptions> = {}) {
  const folder = folderOf(Object.fromEntries(files.map((bytes, i) => [`${i}.parquet`, bytes])))
  return parquetImages({ files: files.map((_, i) => join(folder, `${i}.parquet`)) as [string], ...options })()
}

async function texts(images: EncodedImages): Promise<string[]> {
  onTestFinished(() => images.close())
  return Promise.all(Array.from(images.ids, async (id) => Buffer.from(rightOf(await images.read(id)())).toString()))
}

const rows: readonly PictureRow[] = Array.from({ length: 40 }, (_, i) => ({
  bytes: new Uint8Array(Buffer.from(`picture ${i} `.repeat(i + 1))),
  path: `n${i % 3}_${String(i).padStart(3, '0')}_n0000000${i % 3}.JPEG`,
  label: i % 3,
}))
const inOrder = rows.map(({ bytes }) => Buffer.from(bytes!).toString())

describe('parquetImages', () => {
  it.each([
    ['one page', {}],
    ['many pages and row groups', { pageSize: 200, rowGroupSize: 7 }],
    ['no compression', { codec: 'UNCOMPRESSED', pageSize: 300 }],
  ] as const)('reads pictures, labels and names out of %s', async (_, options) => {
    const shuffled = rows.toSorted((a, b) => (a.path.slice(4) < b.path.slice(4) ? 1 : -1))
    const images = rightOf(await open([parquetBytes(shuffled, { ...options, names: ['cat', 'dog', 'eel'] })]))
    expect(await texts(images)).toEqual(inOrder)
    expect(images.classNames).toEqual(['cat', 'dog', 'eel'])
    expect([...images.labels]).toEqual(rows.map(({ label }) => label))
    expect(images.whereIs(1)).toMatch(/0\.parquet: n1_001_n00000001\.JPEG at byte \d+$/)
  })

  it('reads pictures that repeat, which are stored in a dictionary', async () => {
    const same = rows.map((row, i) => ({ ...row, bytes: rows[i % 2]!.bytes }))
    expect(await texts(rightOf(await open([parquetBytes(same, { rowGroupSize: 10 })])))).toEqual(
      rows.map((_, i) => inOrder[i % 2]),
    )
  })

  it('reads several files as one, and columns by other names', async () => {
    expect(await texts(rightOf(await open([parquetBytes(rows.slice(20)), parquetBytes(rows.slice(0, 20))])))).toEqual(
      inOrder,
    )
    const other = parquetWriteBuffer({
      columnData: [
        {
          name: 'jpg',
          data: [Buffer.from('a'), Buffer.from('b')].map((bytes) => new Uint8Array(bytes)),
          type: 'BYTE_ARRAY',
        },
        { name: 'class', data: ['x', 'w'], type: 'STRING' },
      ],
    })
    const images = rightOf(await open([new Uint8Array(other)], { imageColumn: 'jpg', labelColumn: 'class' }))
    expect([await texts(images), images.classNames]).toEqual([
      ['b', 'a'],
      ['w', 'x'],
    ])
  })

  const bytes = parquetBytes(rows)
  it.each<[string, Uint8Array, Partial<ParquetImagesOptions>, RegExp]>([
    ['another file', new Uint8Array(100), {}, /at byte 96 required PAR1/],
    ['a short file', new Uint8Array(5), {}, /a file of 12 bytes/],
    ['a torn file', bytes.subarray(0, -9), {}, /required PAR1/],
    [
      'a footer longer than the file',
      bytes.map((byte, i) => (i === bytes.length - 5 ? 127 : byte)),
      {},
      /a footer of at most/,
    ],
    [
      'a column that is not there',
      bytes,
      { imageColumn: 'photo' },
      /a column photo or photo\.bytes of bytes, found image\.bytes, image\.path, label/,
    ],
    ['labels that are not there', bytes, { labelColumn: 'class' }, /a column class, found/],
  ])('refuses %s', async (_, file, options, line) => {
    const failure = leftOf(await open([file], options))
    expect(failure._tag).toBe('FormatFailure')
    expect(failure.message).toMatch(line)
  })

  it('says where a picture is absent', async () => {
    const images = rightOf(await open([parquetBytes([{ bytes: null, path: 'a', label: 0 }, rows[1]!])]))
    onTestFinished(() => images.close())
    const read = await Promise.all([images.read(0)(), images.read(1)()])
    expect(leftOf(read[0]).message).toMatch(/0\.parquet.* a picture in row 0, found none/)
    expect(rightOf(read[1]).length).toBe(rows[1]!.bytes!.length)
  })
})

describe('snappy and readHybrid', () => {
  test.prop([fc.uint8Array({ maxLength: 60 }), fc.nat(5000)])(
    'give what fits or nothing, for any bytes',
    (bytes, size) => {
      expect(snappy(bytes, size)?.length ?? size).toBe(size)
      expect(readHybrid(bytes, size % 33, size)?.length ?? size).toBe(size)
    },
  )
  it('never make more than the bytes can hold', () => {
    expect(snappy(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07), 2 ** 31 - 1)).toBeUndefined()
    expect([...readHybrid(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 3)!]).toEqual([1, 1, 1])
    expect([...readHybrid(Uint8Array.of(3, 0b10001000, 0b11000110, 0b11111010), 3, 8)!]).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ])
  })
})
