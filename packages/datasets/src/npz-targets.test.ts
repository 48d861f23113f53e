import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leftOf, rightOf, temporaryFolder } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { npzSplit } from './npz-split.ts'
import { npzTargets } from './npz-targets.ts'
import { bytesOf, npyBytes, zipBytes } from './zip-bytes.test-support.ts'

const folder = temporaryFolder()

let made = 0
function file(y: Uint8Array): string {
  const path = join(folder, `${(made += 1)}.npz`)
  const x = npyBytes('<f4', [3, 2], bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6)))
  writeFileSync(path, zipBytes({ 'x.npy': x, 'y.npy': y }))
  return path
}

describe('npzTargets', () => {
  it.each([
    ['[3] floats', npyBytes('<f8', [3], bytesOf(Float64Array.of(-0.5, 2, 1e3))), 1, [-0.5, 2, 1e3]],
    [
      '[3, 2] floats',
      npyBytes('<f4', [3, 2], bytesOf(Float32Array.of(1, 0, 0.5, 0.5, 2, 3))),
      2,
      [1, 0, 0.5, 0.5, 2, 3],
    ],
    ['whole numbers', npyBytes('<i4', [3, 1], bytesOf(Int32Array.of(-1, 0, 1))), 1, [-1, 0, 1]],
  ])('takes %s', async (_, y, width, rows) => {
    const path = file(y)
    const { split, targets } = rightOf(await npzTargets({ file: path })())
    expect([targets.width, [...targets.rows]]).toEqual([width, rows])
    const batch = await split.read([2, 0])
    expect([[...batch.labels], [...batch.inputs]]).toEqual([
      [2, 0],
      [5, 6, 1, 2],
    ])
    expect(leftOf(await npzSplit({ file: path })())._tag).toBe('NpzNotLabels')
  })

  it('names the row of a target that is no number', async () => {
    const path = file(npyBytes('<f4', [3, 2], bytesOf(Float32Array.of(1, 0, 0.5, Number.NaN, 2, 3))))
    expect(leftOf(await npzTargets({ file: path })()).message).toMatch(/targets y that are finite.*NaN in row 1$/)
  })
})
