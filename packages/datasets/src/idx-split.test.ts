import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { idxSplit, type IdxSplitOptions } from './idx-split.ts'
import { folderOf, idxBytes } from './made-up.test-support.ts'
import { splitLaws } from './split-laws.test-support.ts'

const images = idxBytes([3, 2, 2], [0, 51, 102, 153, 204, 255, 0, 0, 1, 2, 3, 4])
const labels = idxBytes([3], [2, 0, 1])

function options(files: Readonly<Record<string, Uint8Array>>, more: Partial<IdxSplitOptions> = {}): IdxSplitOptions {
  const folder = folderOf(files)
  return { name: 'tiny', images: join(folder, 'images'), labels: join(folder, 'labels'), classes: 3, ...more }
}

describe('idxSplit', () => {
  it('reads pixels from 0 to 1, labels and ids in file order', async () => {
    const split = rightOf(await idxSplit(options({ images, labels: gzipSync(labels) }))())
    expect([split.name, [...split.ids], split.inputShape, split.classes]).toEqual(['tiny', [0, 1, 2], [4], 3])
    const batch = await split.read([1, 0])
    expect(batch.inputs).toEqual(Float32Array.of(204 / 255, 1, 0, 0, 0, 51 / 255, 102 / 255, 153 / 255))
    expect([...batch.labels]).toEqual([0, 2])
    expect([...batch.touched]).toEqual([0, 0])
  })

  it('takes another shape of the same size', async () => {
    const split = rightOf(await idxSplit(options({ images, labels }, { inputShape: [2, 2, 1] }))())
    expect(split.inputShape).toEqual([2, 2, 1])
  })

  it.each([
    ['a missing file', { labels }, {}, 'FileFailure', /images: cannot be read \(ENOENT\)$/],
    ['torn labels', { images, labels: labels.subarray(0, 9) }, {}, 'IdxFailure', /labels: truncated/],
    [
      'a label too few',
      { images, labels: idxBytes([2], [0, 1]) },
      {},
      'IdxMismatch',
      /a label for each of 3 images, found labels of shape \[2\]$/,
    ],
    [
      'labels with two axes',
      { images, labels: idxBytes([3, 1], [0, 1, 2]) },
      {},
      'IdxMismatch',
      /found labels of shape \[3, 1\]$/,
    ],
    [
      'a label out of range',
      { images, labels },
      { classes: 2 },
      'IdxMismatch',
      /labels from 0 to 1, found 2 in row 0$/,
    ],
    [
      'a shape of another size',
      { images, labels },
      { inputShape: [5] },
      'IdxMismatch',
      /shape \[5\], found images of shape \[2, 2\]$/,
    ],
    [
      'a wrong sum',
      { images, labels },
      { sha256: { images: 'aa', labels: 'bb' } },
      'ChecksumMismatch',
      /images: wrong checksum: required sha256 aa, found [0-9a-f]{64}/,
    ],
  ] as const)('refuses %s', async (_, files, more, tag, line) => {
    const failure = leftOf(
      await idxSplit(options(files as unknown as Record<string, Uint8Array>, more as Partial<IdxSplitOptions>))(),
    )
    expect(failure).toMatchObject({ _tag: tag })
    expect(failure.message).toMatch(line)
    expect(failure.message).not.toContain('\n')
  })

  it('refuses a folder in a file’s place', async () => {
    const folder = folderOf({})
    const failure = leftOf(await idxSplit({ name: 'x', images: folder, labels: folder, classes: 2 })())
    expect(failure).toMatchObject({ _tag: 'FileFailure', code: 'EISDIR' })
  })
})

splitLaws('idxSplit', async () => {
  const pixels = Array.from({ length: 20 * 6 }, (_, i) => (i * 37) % 256)
  const folder = folderOf({
    images: idxBytes([20, 2, 3], pixels),
    labels: idxBytes(
      [20],
      pixels.slice(0, 20).map((x) => x % 7),
    ),
  })
  return rightOf(
    await idxSplit({ name: 'laws', images: join(folder, 'images'), labels: join(folder, 'labels'), classes: 7 })(),
  )
})
