import { CompressionType, compressionRegistry, tableFromIPC, type Table } from 'apache-arrow'
import { zstdDecompressSync } from 'node:zlib'
import { readLz4Frame } from './read-lz4-frame.ts'

// What pyarrow compresses by: LZ4 unless told, in Feather files.
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: readLz4Frame })
compressionRegistry.set(CompressionType.ZSTD, {
  decode: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: 2 ** 31 }),
})

/**
 * The table in the bytes of an Arrow file or stream, its buffers plain or compressed by LZ4 or ZSTD.
 *
 * @throws Error where the bytes are torn or something else.
 */
export function readArrowTable(bytes: Uint8Array): Table {
  return tableFromIPC(bytes)
}
