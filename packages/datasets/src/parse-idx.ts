import { either as E } from 'fp-ts'
import type { Idx } from './idx.ts'
import { type IdxFailure, idxFailure } from './idx-failure.ts'

const UNSIGNED_BYTE = 0x08

/** {@link readIdx} for bytes that are not behind gzip. The data is a view of the bytes, not a copy. */
export function parseIdx(bytes: Uint8Array, file: string): E.Either<IdxFailure, Idx> {
  const fail = (
    offset: number,
    problem: IdxFailure['problem'],
    required: string,
    found: string,
  ): E.Either<IdxFailure, Idx> => E.left(idxFailure(file, offset, problem, required, found))
  if (bytes.length === 0) return fail(0, 'empty', 'an IDX file', '0 bytes')
  if (bytes.length < 4) return fail(0, 'truncated', 'a header of 4 bytes and more', `${bytes.length} bytes`)
  const [zero, alsoZero, type, axes] = bytes as unknown as [number, number, number, number]
  if (zero !== 0 || alsoZero !== 0 || axes === 0) {
    return fail(0, 'wrong magic', '0000 and then a type and a number of axes', hex(bytes.subarray(0, 4)))
  }
  if (type !== UNSIGNED_BYTE) return fail(2, 'wrong data type', '08 (unsigned bytes)', hex(bytes.subarray(2, 3)))
  const start = 4 + 4 * axes
  if (bytes.length < start) return fail(4, 'truncated', `a header of ${start} bytes`, `${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  const required = shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1)
  const found = bytes.length - start
  if (required === found) return E.right({ shape, data: bytes.subarray(start) })
  const promise = `${required} bytes of data for shape [${shape.join(', ')}]`
  return found < required
    ? fail(start, 'truncated', promise, `${found}`)
    : fail(start + required, 'trailing bytes', promise, `${found}`)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
