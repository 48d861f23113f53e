import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Failure, Split } from '@coherent-gradients/core'
import { keyOf, uniformIntegers } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { afterAll } from 'vitest'
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

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** A folder with these files, gone when the file's tests end. */
export function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'datasets-'))
  folders.push(folder)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return folder
}

/** The value, or an error with the failure's line. */
export function rightOf<A>(either: E.Either<Failure, A>): A {
  if (E.isLeft(either)) throw new Error(either.left.message)
  return either.right
}

/** The failure, or an error. */
export function leftOf<F>(either: E.Either<F, unknown>): F {
  if (E.isRight(either)) throw new Error('required a failure, found a value')
  return either.left
}
