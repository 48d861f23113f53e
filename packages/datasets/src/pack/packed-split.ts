import { crc32 } from 'node:zlib'
import type { Batch } from '@coherent-gradients/core'
import { unitBytes } from '@coherent-gradients/kernels'
import type { taskEither as TE } from 'fp-ts'
import { type ByteSource, fileSource } from '../binary/byte-source.ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { NamedSplit } from '../named-split.ts'
import { cleanLabels, tellingLabels } from '../read-labels.ts'
import { rowIndex } from '../row-index.ts'
import { readTrailer } from './pack-trailer.ts'

/** Examples out of a packed file. */
export interface PackedSplit extends NamedSplit {
  /** [n] every example's label, in the order of `ids`. */
  readonly labels: Int32Array
  /** What was done to the pictures before they were packed. */
  readonly preprocessing: unknown
  /** Pictures that are not there because they could not be decoded. */
  readonly leftOut: readonly { readonly id: number; readonly message: string }[]
  /** sha256 over the checksums of all examples, their ids and labels, and the description. */
  readonly contentHash: string
  /** [m × d] the bytes of m examples, as they were packed. */
  readBytes(ids: ArrayLike<number>): Promise<Uint8Array>
  close(): Promise<void>
}

export interface PackedOptions {
  /** `false` doesn't hold what is read against its checksum. */
  readonly verify?: boolean
}

/**
 * Opens a packed file as a split. Examples are read by their place, neighbours in one go, straight into the batch, and each
 * is held against its checksum; the system keeps what was read in free memory.
 *
 * @returns left when the file can't be read or is no whole packed file.
 *
 * @example
 * packedSplit('imagenet-train.pack')
 */
export function packedSplit(
  file: string,
  { verify = true }: PackedOptions = {},
): TE.TaskEither<FileFailure | FormatFailure, PackedSplit> {
  return attempt(file, async () => {
    const source = await fileSource(file)
    try {
      return splitOfPack(source, await readTrailer(source), verify)
    } catch (cause) {
      await source.close()
      throw cause
    }
  })
}

function splitOfPack(
  source: ByteSource,
  trailer: Awaited<ReturnType<typeof readTrailer>>,
  verify: boolean,
): PackedSplit {
  const { about, ids, labels, sums, contentHash } = trailer
  const { name, inputShape, classNames, preprocessing, leftOut } = about
  const size = inputShape.reduce((product, side) => product * side, 1)
  const index = rowIndex(name, ids)

  async function readRows(rows: Uint32Array): Promise<Uint8Array> {
    // Not zeroed first: each byte is read over, or the reading fails and nobody sees it.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(rows.length * size).buffer)
    const reads: Promise<void>[] = []
    for (let from = 0, to = 0; from < rows.length; from = to) {
      for (to = from + 1; to < rows.length && rows[to] === rows[to - 1]! + 1;) to++
      reads.push(readRun(rows.subarray(from, to), bytes.subarray(from * size, to * size)))
    }
    await Promise.all(reads)
    return bytes
  }

  /** Rows that follow each other, in one go. They are checked while the system reads others. */
  async function readRun(rows: Uint32Array, bytes: Uint8Array): Promise<void> {
    await source.readInto(bytes, rows[0]! * size)
    if (!verify) return
    rows.forEach((row, i) => {
      if (crc32(bytes.subarray(i * size, (i + 1) * size)) === sums[row]) return
      const required = `the pixels of example ${ids[row]}`
      refuse(formatFailure('a packed data set', source.file, row * size, required, 'bytes of another checksum'))
    })
  }

  const split: PackedSplit = {
    name,
    ids,
    labels,
    inputShape,
    classes: classNames.length,
    classNames,
    preprocessing,
    leftOut,
    contentHash,
    readBytes: async (wanted) => readRows(index.rows(wanted)),
    async read(wanted): Promise<Batch> {
      const rows = index.rows(wanted)
      const bytes = await readRows(rows)
      const inputs = new Float32Array(bytes.length)
      unitBytes(bytes, inputs, 0)
      return { ...cleanLabels(wanted, rows, labels), inputShape, inputs }
    },
    close: () => source.close(),
  }
  return tellingLabels(split, async (wanted) => cleanLabels(wanted, index.rows(wanted), labels))
}
