import { either as E, function as fn } from 'fp-ts'
import { expandGzip } from './expand-gzip.ts'
import type { Idx } from './idx.ts'
import type { IdxFailure } from './idx-failure.ts'
import { parseIdx } from './parse-idx.ts'

/**
 * An IDX file of unsigned bytes, the format of MNIST, behind gzip or not.
 *
 * Never throws, and sets aside memory by the bytes that are there, not by what a header claims. Left when the bytes are
 * empty, torn, corrupt, too long, not IDX, or IDX of another type; `file` is the name that the failure's line begins with.
 *
 * @see Y. LeCun's description of the format: two zero bytes, a type, the number of axes, each axis's length
 *   (32 bits, big-endian), then the data, row-major.
 *
 * @example
 * readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)) // right: { shape: [2], data: Uint8Array [7, 9] }
 */
export function readIdx(bytes: Uint8Array, file = 'IDX data'): E.Either<IdxFailure, Idx> {
  return fn.pipe(
    expandGzip(bytes, file),
    E.chain((plain) => parseIdx(plain, file)),
  )
}
