import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Split } from '@coherent-gradients/core'
import { keyOf, uniformIntegers } from '@coherent-gradients/core'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { splitOf } from './split-of.ts'

/** n made-up images of bytes with labels, for tests. */
export function madeUp(n: number, inputShape: readonly number[] = [4, 4, 1], classes = 10): Split {
  const size = inputShape.reduce((product, length) => product * length, 1)
  return splitOf({
    name: 'made-up',
    inputs: Uint8Array.from(uniformIntegers(keyOf('made-up pixels'), n * size, 256)),
    labels: uniformIntegers(keyOf('made-up labels'), n, classes),
    inputShape,
    classes,
  })
}

/** An IDX file's bytes. */
export function idxBytes(shape: readonly number[], data: ArrayLike<number>, type = 8): Uint8Array<ArrayBuffer> {
  const start = 4 + 4 * shape.length
  const bytes = new Uint8Array(start + data.length)
  bytes.set([0, 0, type, shape.length])
  const view = new DataView(bytes.buffer)
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length))
  bytes.set(data, start)
  return bytes
}

/** A {@link temporaryFolder} with these files. */
export function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return folder
}
