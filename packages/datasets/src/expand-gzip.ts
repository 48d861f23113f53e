import { gunzipSync } from 'node:zlib'
import { either as E } from 'fp-ts'
import { type IdxFailure, idxFailure } from './idx-failure.ts'

/** No data set in this format comes near; a small file that swells past it is not data. */
const MOST_BYTES = 2 ** 30

/**
 * The bytes behind gzip, or the bytes as they are where they don't begin as gzip does.
 *
 * Left when the stream is torn, fails its own checksum, is followed by anything else, or swells past 1 GiB.
 */
export function expandGzip(bytes: Uint8Array, file: string): E.Either<IdxFailure, Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return E.right(bytes)
  try {
    const { buffer, engine } = gunzipWithInfo(bytes)
    if (engine.bytesWritten === bytes.length) return E.right(buffer)
    const end = engine.bytesWritten
    return E.left(idxFailure(file, end, 'trailing bytes', `a gzip stream of ${end} bytes`, `${bytes.length} bytes`))
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    return E.left(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? idxFailure(file, 0, 'too large', `at most ${MOST_BYTES} bytes behind gzip`, 'more')
        : idxFailure(file, 0, 'corrupt gzip', 'a whole gzip stream', code),
    )
  }
}

/** `info: true` changes what gunzipSync gives, which its types don't say. */
function gunzipWithInfo(bytes: Uint8Array): { buffer: Uint8Array; engine: { bytesWritten: number } } {
  return gunzipSync(bytes, { maxOutputLength: MOST_BYTES, info: true }) as unknown as {
    buffer: Uint8Array
    engine: { bytesWritten: number }
  }
}
