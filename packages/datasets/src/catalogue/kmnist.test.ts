import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { folderOf, idxBytes } from '../made-up.test-support.ts'
import { openDataSet } from './open-data-set.ts'

describe('kmnist', () => {
  it('reads the IDX files in the folder of its name, as they are fetched, and names the characters', async () => {
    const directory = folderOf({})
    mkdirSync(join(directory, 'kmnist'))
    const write = (name: string, bytes: Uint8Array): void =>
      writeFileSync(join(directory, 'kmnist', name), gzipSync(bytes))
    write('train-images-idx3-ubyte.gz', idxBytes([3, 28, 28], new Uint8Array(3 * 784).fill(51)))
    write('train-labels-idx1-ubyte.gz', idxBytes([3], [9, 0, 4]))
    const train = rightOf(await openDataSet('kmnist', { part: 'train', directory, inputShape: [28, 28, 1] })())
    const { inputs, labels } = await train.read([0, 2])
    expect([train.name, train.classes, train.inputShape]).toEqual(['kmnist/train', 10, [28, 28, 1]])
    expect([...labels].map((label) => train.classNames[label])).toEqual(['wo', 'na'])
    expect(inputs[0]).toBeCloseTo(0.2)
    const { message } = leftOf(await openDataSet('kmnist', { part: 'test', directory })())
    expect(message).toMatch(/^Kuzushiji-MNIST: t10k-images-idx3-ubyte .* not both in .*kmnist\. Name a folder/)
  })

  it('leaves MNIST’s files alone, which have the same names', async () => {
    const directory = folderOf({
      't10k-images-idx3-ubyte': idxBytes([1, 28, 28], new Uint8Array(784)),
      't10k-labels-idx1-ubyte': idxBytes([1], [3]),
    })
    expect(leftOf(await openDataSet('kmnist', { part: 'test', directory })()).message).toContain('not both in')
  })
})
