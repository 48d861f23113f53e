import { describe, expect, it } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { splitLaws } from './split-laws.test-support.ts'
import { type SplitArrays, splitOf } from './split-of.ts'

const arrays: SplitArrays = {
  name: 'x',
  inputs: Float32Array.of(1, 2, 3, 4),
  labels: [0, 1],
  inputShape: [2],
  classes: 2,
}

describe('splitOf', () => {
  it('takes floats as they are', async () => {
    expect([...(await splitOf(arrays).read([1])).inputs]).toEqual([3, 4])
  })

  it('divides bytes by 255, rounded once', async () => {
    const inputs = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const split = splitOf({ ...arrays, inputs, labels: [0], inputShape: [256] })
    expect((await split.read([0])).inputs).toEqual(Float32Array.from(inputs, (byte) => Math.fround(byte / 255)))
  })

  it.each([
    [{ inputs: new Float32Array(3) }, 'x: required 2 labels × [2] = 4 numbers, found 3'],
    [{ labels: [0, 2] }, 'x: required labels in 0 … 1, found 2 in row 1'],
    [{ labels: [-1, 0] }, 'x: required labels in 0 … 1, found -1 in row 0'],
    [{ labels: [0, 0.5] }, 'x: required labels in 0 … 1, found 0.5 in row 1'],
    [{ ids: [1] }, 'x: required an id for each of 2 labels, found 1'],
    [{ ids: [7, 7] }, 'x: required ids that differ, found 7 twice'],
    [{ ids: [7, -7] }, 'x: required ids in 0 … 2³² − 1, found -7 in row 1'],
  ])('refuses %o', (wrong, line) => {
    expect(() => splitOf({ ...arrays, ...wrong })).toThrow(new RangeError(line))
  })
})

splitLaws('splitOf bytes', async () => madeUp(40))
splitLaws('splitOf floats with ids of its own', async () =>
  splitOf({
    name: 'floats',
    inputs: Float32Array.from({ length: 30 }, (_, i) => i / 7),
    labels: Array.from({ length: 10 }, (_, i) => i % 3),
    inputShape: [3],
    classes: 3,
    ids: Array.from({ length: 10 }, (_, i) => 1000 - i * 7),
  }),
)
