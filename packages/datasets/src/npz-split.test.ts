import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leftOf, rightOf, temporaryFolder } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { npzSplit } from './npz-split.ts'
import { bytesOf, npyBytes, zipBytes } from './zip-bytes.test-support.ts'

const folder = temporaryFolder()

let made = 0
function file(bytes: Uint8Array): string {
  const path = join(folder, `${(made += 1)}.npz`)
  writeFileSync(path, bytes)
  return path
}

const x = npyBytes('|u1', [3, 2, 2], Uint8Array.of(0, 51, 102, 153, 204, 255, 0, 0, 0, 0, 0, 255))
const y = npyBytes('<i8', [3], bytesOf(BigInt64Array.of(2n, 0n, 1n)))
const both = { 'x.npy': x, 'y.npy': y }

describe('npzSplit', () => {
  it.each([false, true])('reads images and labels, deflated: %s', async (deflate) => {
    const split = rightOf(await npzSplit({ file: file(zipBytes(both, deflate)) })())
    expect(split).toMatchObject({ inputShape: [2, 2], classes: 3 })
    const batch = await split.read([2, 0])
    expect([...batch.labels]).toEqual([1, 2])
    expect([...batch.inputs]).toEqual([0, 0, 0, 1, 0, 0.2, 0.4, 0.6].map(Math.fround))
  })

  it('leaves bytes as they are where asked to, and gives another shape', async () => {
    const split = rightOf(await npzSplit({ file: file(zipBytes(both)), bytes: 'raw', inputShape: [4] })())
    expect(split.inputShape).toEqual([4])
    expect([...(await split.read([0])).inputs]).toEqual([0, 51, 102, 153])
  })

  it('takes one-hot labels, floats and Keras’s names', async () => {
    const oneHot = npyBytes('<f4', [2, 3], bytesOf(Float32Array.of(0, 0, 1, 1, 0, 0)))
    const floats = npyBytes('<f8', [2, 1], bytesOf(Float64Array.of(0.5, -2)))
    const path = file(
      zipBytes({ 'x_train.npy': floats, 'y_train.npy': oneHot, 'x_test.npy': floats, 'y_test.npy': oneHot }),
    )
    for (const part of [undefined, 'train', 'test'] as const) {
      const read = rightOf(await npzSplit({ file: path, ...(part && { part }) })())
      expect(read.classes).toBe(3)
      expect(read.name).toMatch(part === 'test' ? /test$/ : /train$/)
      expect([...(await read.read([0, 1])).labels]).toEqual([2, 0])
    }
  })

  const label = (descr: string, shape: number[], data: ArrayBufferView): Uint8Array =>
    zipBytes({ 'x.npy': x, 'y.npy': npyBytes(descr, shape, bytesOf(data)) })
  it.each([
    ['no x', zipBytes({ 'y.npy': y }), /required the arrays x and y, found y$/],
    ['no y', zipBytes({ 'x.npy': x }), /required the arrays x and y, found x$/],
    ['nothing at all', zipBytes({}), /required the arrays x and y, found none$/],
    ['two labels for three inputs', label('<i4', [2], Int32Array.of(1, 2)), /a label for each of 3 inputs.*\[2\]/],
    ['a label of one half', label('<f4', [3], Float32Array.of(1, 0.5, 2)), /whole numbers.*0\.5 in row 1/],
    ['a label that is not a number', label('<f4', [3], Float32Array.of(1, Number.NaN, 2)), /NaN in row 1/],
    ['a negative label', label('<i4', [3], Int32Array.of(0, -1, 2)), /-1 in row 1/],
    ['a row with two ones', label('<i4', [3, 2], Int32Array.of(0, 1, 1, 1, 1, 0)), /one 1 and zeros.*row 1/],
    ['a scalar x', zipBytes({ 'x.npy': npyBytes('|u1', [3], Uint8Array.of(1, 2, 3)), 'y.npy': y }), /shape \[n, …\]/],
    [
      'an entry that is no array',
      zipBytes({ 'x.npy': Uint8Array.of(1, 2), 'y.npy': y }),
      /, array x: not npy: required an array that NumPy saved/,
    ],
    [
      'no archive',
      new TextEncoder().encode('<html>'),
      /: not npz: required an archive that numpy.savez wrote, found something else or a torn one$/,
    ],
    ['half an archive', zipBytes(both).subarray(0, 200), /not npz/],
  ])('refuses %s in one line', async (_, bytes, message) => {
    const path = file(bytes)
    const failure = leftOf(await npzSplit({ file: path })())
    expect(failure.message).toMatch(message)
    expect(failure.message.startsWith(path)).toBe(true)
    expect(failure.message).not.toContain('\n')
  })

  it('says that a file is missing, or has another shape than asked for', async () => {
    expect(leftOf(await npzSplit({ file: join(folder, 'none.npz') })())).toMatchObject({
      code: 'ENOENT',
      message: expect.stringMatching(/none\.npz: there is no such file$/),
    })
    const failure = leftOf(await npzSplit({ file: file(zipBytes(both)), inputShape: [5] })())
    expect(failure.message).toMatch(/required inputs of shape \[5\], found x of shape \[3, 2, 2\]/)
  })

  it('says which arrays a split that was asked for needs', async () => {
    const path = file(zipBytes({ 'x_train.npy': x, 'y_train.npy': y }))
    expect(leftOf(await npzSplit({ file: path, part: 'test' })()).message).toMatch(
      /required the arrays x_test and y_test for the part test, found x_train, y_train$/,
    )
  })

  it('gives arrays that are not parted as the part train, and has no test of them', async () => {
    const path = file(zipBytes(both))
    const split = rightOf(await npzSplit({ file: path, part: 'train' })())
    expect(split).toMatchObject({ name: expect.stringMatching(/^\d+\.npz$/), classes: 3 })
    expect(leftOf(await npzSplit({ file: path, part: 'test' })()).message).toMatch(
      /required the arrays x_test and y_test for the part test, found x, y$/,
    )
  })

  it('tells a flipped bit by the checksum', async () => {
    const bytes = zipBytes(both)
    bytes[140]! ^= 1
    expect(leftOf(await npzSplit({ file: file(bytes) })()).message).toMatch(
      /\d\.npz, array x: corrupt: required the bytes that its checksum was made of, found others\. Copy/,
    )
  })

  it('sets no memory aside for a size that the bytes cannot hold', async () => {
    const bytes = Buffer.from(zipBytes(both, true))
    const directory = bytes.indexOf(Buffer.from('504b0102', 'hex'))
    bytes.writeUInt32LE(2 ** 31 - 2, directory + 24)
    expect(leftOf(await npzSplit({ file: file(bytes) })()).message).toMatch(/too large/)
  })

  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 5 })
  test.prop([changes, fc.boolean(), fc.nat()], { numRuns: 150 })(
    'gives a split or one line, whatever is done to the bytes',
    async (damage, deflate, cut) => {
      const bytes = zipBytes(both, deflate)
      for (const [at, value] of damage) bytes[at % bytes.length] = value
      const read = await npzSplit({ file: file(bytes.subarray(0, bytes.length - (cut % 40))) })()
      if (E.isLeft(read)) expect(read.left.message).not.toMatch(/\n/)
      else expect(read.right.ids.length).toBe(3)
    },
  )
})
