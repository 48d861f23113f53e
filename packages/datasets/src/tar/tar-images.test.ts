import {
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EncodedImages } from '../images/encoded-images.ts'
import { folderOf } from '../made-up.test-support.ts'
import { paxFile, tarBytes, type TarFile, tarHeaderBytes } from './tar-bytes.test-support.ts'
import { tarImages, type TarImagesOptions } from './tar-images.ts'

const picture = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const jpeg = (name: string, text = name): TarFile => ({ name, bytes: picture(text) })

async function open(files: readonly TarFile[] | Uint8Array, options: Partial<TarImagesOptions> = {}) {
  const folder = folderOf({ 'some.tar': files instanceof Uint8Array ? files : tarBytes(files) })
  return { folder, result: await tarImages({ file: join(folder, 'some.tar'), ...options })() }
}

async function contents(images: EncodedImages): Promise<string[]> {
  onTestFinished(() => images.close())
  const all = await Promise.all(Array.from(images.ids, (id) => images.read(id)()))
  return all.map((bytes, i) => `${images.classNames[images.labels[i]!]}: ${Buffer.from(rightOf(bytes)).toString()}`)
}

describe('tarImages', () => {
  const cats = tarBytes([jpeg('n02_b.JPEG'), jpeg('n02_a.JPEG'), jpeg('n02_c.JPEG')])
  const dogs = tarBytes([jpeg('n03_a.JPEG'), { name: 'notes.txt', bytes: picture('no picture') }])
  const nested: readonly TarFile[] = [
    { name: 'n03.tar', bytes: dogs },
    { name: 'n02.tar', bytes: cats },
  ]
  const inOrder = ['n02: n02_a.JPEG', 'n03: n03_a.JPEG', 'n02: n02_b.JPEG', 'n02: n02_c.JPEG']

  it('reads a tar of tars where it lies, a class in turn, whatever the order inside', async () => {
    const { folder, result } = await open(nested)
    const images = rightOf(result)
    expect(await contents(images)).toEqual(inOrder)
    expect(images.classNames).toEqual(['n02', 'n03'])
    expect(images.whereIs(2)).toBe(`${join(folder, 'some.tar')}: n02/n02_b.JPEG at byte 4608`)
    expect(readdirSync(folder).toSorted()).toEqual(['some.tar', 'some.tar.images-index'])
  })

  it('reads folders, and flat archives by WordNet id or by the ground truth', async () => {
    const folders = await open([jpeg('./set/cat/1.png', 'miau'), jpeg('./set/dog/1.PNG', 'wuff')])
    expect(await contents(rightOf(folders.result))).toEqual(['cat: miau', 'dog: wuff'])
    const flat = [jpeg('n01440764_2.JPEG'), jpeg('n01440764_1.JPEG')]
    expect(await contents(rightOf((await open(flat)).result))).toEqual(
      flat.toReversed().map(({ name }) => `n01440764: ${name}`),
    )
    const truth = (name: string): string => (name.includes('_1') ? 'tench' : 'goldfish')
    const listed = rightOf((await open(flat, { truth, classes: ['tench', 'shark', 'goldfish'] })).result)
    expect([...listed.labels]).toEqual([0, 2])
    await listed.close()
  })

  it('unpacks one behind gzip into memory, and refuses a torn one', async () => {
    const packed = gzipSync(tarBytes(nested))
    const folder = folderOf({ 'a.tar.gz': packed, 'torn.tgz': packed.subarray(0, 60) })
    expect(await contents(rightOf(await tarImages({ file: join(folder, 'a.tar.gz') })()))).toEqual(inOrder)
    expect(readdirSync(folder)).toEqual(['a.tar.gz', 'torn.tgz'])
    expect(leftOf(await tarImages({ file: join(folder, 'torn.tgz') })()).message).toMatch(/whole gzip stream/)
  })

  it('takes long names, folders and links for what they are', async () => {
    const long = `${'x'.repeat(120)}/cat/1.jpg`
    const { result } = await open([
      { name: 'cat', type: '5' },
      paxFile({ path: long, mtime: '1.5' }),
      jpeg('short', 'pax'),
      { name: '././@LongLink', type: 'L', bytes: picture(`${long}\0`) },
      jpeg('short', 'gnu'),
      { name: 'cat/evil.jpg', type: '2' },
      { name: 'cat/evil.jpg', type: '1' },
    ])
    expect(await contents(rightOf(result))).toEqual(['cat: pax', 'cat: gnu'])
  })

  it('builds the index once, and again when the archive, the index or its place has changed', async () => {
    const { folder, result } = await open(nested)
    await rightOf(result).close()
    const file = join(folder, 'some.tar')
    const index = `${file}.images-index`
    const first = statSync(index)
    const again = async (): Promise<string[]> => contents(rightOf(await tarImages({ file })()))
    expect(await again()).toEqual(inOrder)
    expect(statSync(index).ino).toBe(first.ino)
    writeFileSync(index, 'torn')
    expect(await again()).toEqual(inOrder)
    utimesSync(file, 1, 1)
    const before = statSync(index).ino
    expect(await again()).toEqual(inOrder)
    expect(statSync(index).ino).not.toBe(before)
    writeFileSync(file, tarBytes([jpeg('n04/n04_a.JPEG')]))
    expect(await again()).toEqual(['n04: n04/n04_a.JPEG'])
    await rightOf(await tarImages({ file, indexFolder: join(folder, 'elsewhere') })()).close()
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['some.tar.images-index'])
  })

  it.each<[string, readonly TarFile[] | Uint8Array, RegExp]>([
    ['an archive cut inside a header', tarBytes([jpeg('a/1.jpg')], false).subarray(0, 300), /at byte 0 .*512 bytes/],
    ['an entry that juts out', [{ ...jpeg('a/1.jpg'), size: 2 ** 30 }], /at byte 0 .*1073741824 claimed/],
    ['an entry beyond what numbers hold', [{ ...jpeg('a/1.jpg'), size: 2 ** 53 }], /at byte 0 required a size/],
    ['a wrong checksum', tarBytes([jpeg('a/1.jpg')]).fill(1, 0, 1), /at byte 0 .*checksum/],
    ['a sparse entry', [{ name: 'a/1.jpg', type: 'S' }], /at byte 0 .*sparse/],
    ['a name of 70,000 bytes', [{ name: 'x', type: 'L', bytes: new Uint8Array(70_000) }], /at byte 512 .*65536/],
    ['an extended header that lies', [{ name: 'x', type: 'x', bytes: picture('99999 path=x\n') }], /at byte 512 /],
    [
      'a picture without a class',
      [jpeg('1.jpg')],
      /a class for 1\.jpg, found none\. Put each class's pictures into a folder/,
    ],
    [
      'an archive without pictures',
      [{ name: 'a/1.txt' }],
      /can be read: required a picture, found none\. Put pictures into it/,
    ],
  ])('refuses %s', async (_, files, line) => {
    const failure = leftOf((await open(files)).result)
    expect(failure).toMatchObject({ _tag: 'FormatFailure', file: expect.stringMatching(/some\.tar$/) })
    expect(failure.message).toMatch(line)
  })

  it('says which file is not there, and refuses a class that is not listed', async () => {
    expect(leftOf(await tarImages({ file: '/nowhere/x.tar' })())).toMatchObject({ _tag: 'FileFailure', code: 'ENOENT' })
    expect(leftOf((await open(nested, { classes: ['n02'] })).result).message).toMatch(/a class of the list .*found n03/)
  })

  it('indexes 138 GB of 1,000 classes in little memory, and reads behind its end', async () => {
    const folder = folderOf({})
    const file = join(folder, 'train.tar')
    const [classes, each] = [1000, 5]
    const size = 27_600_000 // of a picture; only headers take room on the disk
    const step = 512 + Math.ceil(size / 512) * 512
    const handle = openSync(file, 'w')
    for (let c = 0, at = 0; c < classes; c++, at += 512 + each * step + 1024) {
      writeSync(
        handle,
        tarHeaderBytes({ name: `n${String(c).padStart(8, '0')}.tar`, size: each * step + 1024 }),
        0,
        512,
        at,
      )
      for (let i = 0; i < each; i++) {
        writeSync(handle, tarHeaderBytes({ name: `n${c}_${i}.JPEG`, size }), 0, 512, at + 512 + i * step)
      }
      if (c === classes - 1) ftruncateSync(handle, at + 512 + each * step + 2048)
    }
    closeSync(handle)
    expect(statSync(file).size).toBeGreaterThan(138e9)
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    const images = rightOf(await tarImages({ file })())
    onTestFinished(() => images.close())
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
    expect([images.ids.length, images.classNames.length]).toEqual([classes * each, classes])
    expect(rightOf(await images.read(images.ids.at(-1)!)()).length).toBe(size)
  })
})
