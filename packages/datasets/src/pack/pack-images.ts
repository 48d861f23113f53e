import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Failure } from '@coherent-gradients/core'
import { makeFolder, moveIntoPlace } from '@coherent-gradients/files'
import type { taskEither as TE } from 'fp-ts'
import { attempt } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { ImageSplit } from '../images/image-split.ts'
import { openJournal, type PackedBatch } from './pack-journal.ts'
import { trailerBytes } from './pack-trailer.ts'

export interface PackOptions {
  readonly file: string
  /** Told after each batch how many examples are done, of how many. */
  readonly tell?: (done: number, total: number) => void
  /** Stops between two batches where it is aborted; started again, packing goes on from there. */
  readonly signal?: AbortSignal
  /** Examples that are decoded, written and put down as done at a time. */
  readonly batchSize?: number
}

/** What was packed. */
export interface PackReport {
  readonly examples: number
  readonly leftOut: readonly { readonly id: number; readonly message: string }[]
  /** False where it was stopped before its end. */
  readonly finished: boolean
}

/**
 * Packs pictures as they come out of their preprocessing into one file of bytes, from which examples are read at the speed
 * of memory.
 *
 * It is written beside its place under the name `.partial`, with a journal, and renamed when it is whole. Stopped or killed
 * at any moment and started again, it goes on from its journal and ends in the same bytes. Random crops are packed as
 * those of epoch 0.
 *
 * @returns left when the file can't be written, or a picture can't be decoded and the split is to fail on it.
 *
 * @example
 * packImages(imageSplit(images, { preprocessing: centreCrop224 }), { file: 'imagenet-train.pack' })
 */
export function packImages(split: ImageSplit, options: PackOptions): TE.TaskEither<FileFailure | Failure, PackReport> {
  const { file, tell, signal, batchSize = 256 } = options
  return attempt(file, async () => {
    const { ids, inputShape, classNames, preprocessing, name } = split
    const size = inputShape.reduce((product, side) => product * side, 1)
    const identity = JSON.stringify([
      name,
      inputShape,
      classNames,
      preprocessing,
      batchSize,
      ids.length,
      hashOf(ids, split.labels),
    ])
    const work = createHash('sha256').update(identity).digest('hex')
    await makeFolder(dirname(file))
    const journal = await openJournal(`${file}.journal`, work)
    const pixels = await open(`${file}.partial`, journal.done.length === 0 ? 'w+' : 'r+')
    try {
      const done: PackedBatch[] = [...journal.done]
      let row = done.reduce((sum, batch) => sum + batch.ids.length, 0)
      for (let batch = done.length; batch * batchSize < ids.length; batch++) {
        if (signal?.aborted === true) return { examples: row, leftOut: leftOutOf(done), finished: false }
        const wanted = ids.subarray(batch * batchSize, (batch + 1) * batchSize)
        const read = await split.readBytes(wanted)
        await pixels.write(read.bytes, 0, read.bytes.length, row * size)
        await pixels.datasync()
        const sums = Array.from(read.ids, (_, i) => crc32(read.bytes.subarray(i * size, (i + 1) * size)))
        const there = new Set(read.ids)
        const leftOut = split
          .leftOut()
          .filter(({ id }) => wanted.includes(id) && !there.has(id))
          .map(({ id, failure }) => ({ id, message: failure.message }))
        const packed = { batch, ids: [...read.ids], sums, leftOut }
        await journal.append(packed)
        done.push(packed)
        row += read.ids.length
        tell?.(Math.min(ids.length, (batch + 1) * batchSize), ids.length)
      }
      const labelOf = new Map(Array.from(ids, (id, i) => [id, split.labels[i]!]))
      const packedIds = Uint32Array.from(done.flatMap((batch) => batch.ids))
      const leftOut = leftOutOf(done)
      const trailer = trailerBytes({
        about: { name, inputShape, classNames, preprocessing, leftOut },
        ids: packedIds,
        labels: Int32Array.from(packedIds, (id) => labelOf.get(id)!),
        sums: Uint32Array.from(done.flatMap((batch) => batch.sums)),
      })
      await pixels.truncate(row * size)
      await pixels.write(trailer, 0, trailer.length, row * size)
      await pixels.sync()
      await moveIntoPlace(`${file}.partial`, file)
      await rm(`${file}.journal`, { force: true })
      return { examples: row, leftOut, finished: true }
    } finally {
      await pixels.close()
      await journal.close()
    }
  })
}

function leftOutOf(done: readonly PackedBatch[]): PackReport['leftOut'] {
  return done.flatMap(({ leftOut }) => leftOut)
}

function hashOf(...columns: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256')
  for (const { buffer, byteOffset, byteLength } of columns) {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}
