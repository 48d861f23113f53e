import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import type { Split } from '@coherent-gradients/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ramps } from '../images/encoded.test-support.ts'
import { folderOf as folderWith, idxBytes, madeUp } from '../made-up.test-support.ts'
import type { ImageSplit } from '../images/image-split.ts'
import { packImages } from '../pack/pack-images.ts'
import { tarBytes } from '../tar/tar-bytes.test-support.ts'
import { withNoise } from '../noise/with-noise.ts'
import { keyOf } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import type { OpenOptions } from './data-set.ts'
import { dataSets } from './data-sets.ts'
import { openDataSet } from './open-data-set.ts'
import { statisticsOf } from './statistics-of.ts'

const closing = async (split: Split): Promise<void> => (split as ImageSplit).close()
const directory = folderWith({})
const jpeg = new Uint8Array(await ramps(20, 30).jpeg().toBuffer())
const preprocessing = { kind: 'centre-crop', resize: 8, crop: 6 } as const

describe('dataSets', () => {
  it('have names of their own, and files that can be told from others', () => {
    expect(new Set(dataSets.map(({ name }) => name)).size).toBe(dataSets.length)
    for (const { name, files, source } of dataSets) {
      expect(files.length > 0 || source !== undefined, name).toBe(true)
      for (const file of files) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(file.addresses.length).toBeGreaterThan(0)
        expect(file.addresses.every((address) => address.endsWith(`/${file.name}`))).toBe(true)
      }
    }
  })
  const withoutFiles = ['toy-l', 'toy-m', 'gaussian', 'difficulty', 'mnist']
  it.each(withoutFiles)('%s opens without any file', async (name) => {
    const known = dataSets.find((each) => each.name === name)!
    for (const part of ['train', 'test'] as const) {
      const split = rightOf(await openDataSet(name, { part, directory })())
      expect([split.ids.length, split.classes]).toEqual([known.examples![part], known.classes])
      expect(split.classNames.length).toBe(known.classes)
    }
  })
  const others = dataSets.map(({ name }) => name).filter((name) => !withoutFiles.includes(name))
  it.each(others)('%s says where it was looked for', async (name) => {
    expect(leftOf(await openDataSet(name, { part: 'train', directory })()).message).toContain(directory)
  })
})

describe('openDataSet', () => {
  it('finds Fashion-MNIST in the folder of its name', async () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'fashion-mnist'))
    writeFileSync(join(folder, 'fashion-mnist/t10k-images-idx3-ubyte'), idxBytes([1, 28, 28], new Uint8Array(784)))
    writeFileSync(join(folder, 'fashion-mnist/t10k-labels-idx1-ubyte'), idxBytes([1], [3]))
    const split = rightOf(
      await openDataSet('fashion-mnist', { part: 'test', directory: folder, inputShape: [28, 28, 1] })(),
    )
    expect([split.inputShape, split.classNames[3]]).toEqual([[28, 28, 1], 'Dress'])
  })

  it('finds ImageNet as tars with a class list and the ground truth, and names its classes', async () => {
    const classes = 'n01443537 1 goldfish\nn01440764 2 tench\nn01484850 3 great_white_shark\n'
    const folder = folderWith({
      'ILSVRC2012_img_val.tar': tarBytes([
        { name: 'ILSVRC2012_val_00000002.JPEG', bytes: jpeg },
        { name: 'ILSVRC2012_val_00000001.JPEG', bytes: jpeg },
      ]),
      'ILSVRC2012_validation_ground_truth.txt': new Uint8Array(Buffer.from('3\n1\n')),
      'map_clsloc.txt': new Uint8Array(Buffer.from(classes)),
    })
    const split = rightOf(await openDataSet('imagenet', { part: 'test', directory: folder, preprocessing })())
    const { labels, inputs } = await split.read(split.ids)
    expect([split.name, split.classNames, split.classIds]).toEqual([
      'imagenet/test',
      ['tench', 'goldfish', 'great white shark'],
      ['n01440764', 'n01443537', 'n01484850'],
    ])
    expect([[...labels], inputs.length]).toEqual([[1, 2], 2 * 108])
    expect(leftOf(await openDataSet('imagenet', { part: 'train', directory: folder })()).message).toMatch(
      /none of ILSVRC/,
    )
  })

  it('takes a packed file beside ImageNet only where what comes of it is the same', async () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'train/n01440764'), { recursive: true })
    writeFileSync(join(folder, 'train/n01440764/n01440764_1.JPEG'), jpeg)
    const open = async (more: Partial<OpenOptions>) => {
      const opened = rightOf(await openDataSet('imagenet', { part: 'train' as const, directory: folder, ...more })())
      onTestFinished(() => closing(opened))
      return opened
    }
    const how = { kind: 'centre-crop', resize: 8, crop: 8 } as const
    const file = join(folder, 'imagenet-train.pack')
    const pictures = (await open({ preprocessing: how })) as ImageSplit
    rightOf(await packImages(pictures, { file })())
    const isPacked = (split: Split): boolean => 'contentHash' in split
    expect(isPacked(await open({ preprocessing: how }))).toBe(true)
    expect(isPacked(await open({ preprocessing: how, cutAgain: true }))).toBe(false)
    expect(isPacked(await open({}))).toBe(false)
    rmSync(join(folder, 'train'), { recursive: true })
    const within = await open({ preprocessing: { ...how, crop: 4 } })
    expect([within.inputShape, (await within.read([0])).inputs.length]).toEqual([[4, 4, 3], 48])
    await expect(open({ preprocessing: { ...how, resize: 5, crop: 4 } })).rejects.toThrow(/none of ILSVRC/)
    const byPath = rightOf(
      await openDataSet(file, { part: 'train', directory: folder, preprocessing: { ...how, resize: 5, crop: 4 } })(),
    )
    onTestFinished(() => closing(byPath))
    expect(byPath.inputShape).toEqual([4, 4, 3])
  })

  it('opens the user’s own folder and tar by their path', async () => {
    const folder = folderWith({
      'a.tar': tarBytes([
        { name: 'x/1.jpg', bytes: jpeg },
        { name: 'y/1.jpg', bytes: jpeg },
      ]),
    })
    for (const path of ['own/train/cat', 'own/train/dog', 'own/val/cat']) {
      mkdirSync(join(folder, path), { recursive: true })
      writeFileSync(join(folder, path, '1.jpg'), jpeg)
    }
    const options = { directory: folder, preprocessing }
    const train = rightOf(await openDataSet(join(folder, 'own'), { part: 'train', ...options })())
    const test = rightOf(await openDataSet(join(folder, 'own'), { part: 'test', ...options })())
    const tar = rightOf(await openDataSet(join(folder, 'a.tar'), { part: 'train', ...options })())
    expect([train.name, train.classNames, test.name, tar.classNames]).toEqual([
      'own/train',
      ['cat', 'dog'],
      'own/val',
      ['x', 'y'],
    ])
    expect((await tar.read([1])).inputs.length).toBe(108)
  })

  it('gives no part twice: the user’s own data that aren’t parted have no part test', async () => {
    const folder = folderWith({ 'a.tar': tarBytes([{ name: 'x/1.jpg', bytes: jpeg }]) })
    mkdirSync(join(folder, 'flat/cat'), { recursive: true })
    writeFileSync(join(folder, 'flat/cat/1.jpg'), jpeg)
    const open = (name: string, part: 'train' | 'test') =>
      openDataSet(join(folder, name), { part, directory: folder, preprocessing })()
    for (const name of ['flat', 'a.tar']) rightOf(await open(name, 'train'))
    expect(leftOf(await open('flat', 'test'))).toMatchObject({
      _tag: 'NoSuchPart',
      message: `${join(folder, 'flat')}: required a folder test or val in it for the part test, found neither`,
    })
    expect(leftOf(await open('a.tar', 'test')).message).toMatch(/a\.tar: required the part train: it has no other$/)
  })

  it('lists the names where there is no such one', async () => {
    expect(leftOf(await openDataSet('cifar', { part: 'train', directory })()).message).toMatch(
      /^cifar: no data set of this name\. Choose mnist, .* or name a folder/,
    )
    const file = fileURLToPath(new URL('../../README.md', import.meta.url))
    expect(leftOf(await openDataSet(file, { part: 'train', directory })()).message).toMatch(
      /README\.md: a file of no kind that is read\. Name a folder of pictures/,
    )
  })
})

describe('statisticsOf', () => {
  it('equals its definition, channel by channel', async () => {
    const split = rightOf(
      withNoise(madeUp(50, [4, 3, 3], 4), { kind: 'labels', scheme: 'exact', fraction: 0.5 }, keyOf(1)),
    )
    const { inputs, labels, trueLabels } = await split.read(split.ids)
    const statistics = await statisticsOf(split)
    statistics.channels.forEach(({ mean, variance, least, most }, c) => {
      const own = [...inputs].filter((_, i) => i % 3 === c)
      const itsMean = own.reduce((sum, x) => sum + x, 0) / own.length
      expect(mean).toBeCloseTo(itsMean, 10)
      expect(variance).toBeCloseTo(own.reduce((sum, x) => sum + (x - itsMean) ** 2, 0) / own.length, 10)
      expect([least, most]).toEqual([Math.min(...own), Math.max(...own)])
    })
    const count = (all: Int32Array): number[] =>
      [0, 1, 2, 3].map((label) => all.filter((each) => each === label).length)
    expect(statistics).toMatchObject({
      examples: 50,
      touched: 25,
      corrupt: labels.filter((label, i) => label !== trueLabels[i]).length,
      trueCounts: count(trueLabels),
      givenCounts: count(labels),
    })
  })
})
