import type { Batch, Failure, Key } from '@coherent-gradients/core'
import { unitBytes } from '@coherent-gradients/kernels'
import { keyOf } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { availableParallelism } from 'node:os'
import { Refusal } from '../binary/refusal.ts'
import type { NamedSplit } from '../named-split.ts'
import { cleanLabels, tellingLabels } from '../read-labels.ts'
import { rowIndex } from '../row-index.ts'
import { atMost } from './at-most.ts'
import type { CropDraw } from './crop-plan.ts'
import { decodeCrop } from './decode-crop.ts'
import type { EncodedImages } from './encoded-images.ts'
import type { Preprocessing } from './preprocessing.ts'

export interface ImageSplitOptions {
  readonly preprocessing: Preprocessing
  /** `fail` rejects a read that meets a picture which can't be decoded; `skip` leaves that example out of the batch. */
  readonly onBadImage?: 'fail' | 'skip'
  /** Where random crops come from. */
  readonly key?: Key
  /**
   * How many pictures are under way at a time; 16 for each core and no fewer than 96 where absent: reading waits for a
   * thread behind those that are being decoded, and a thread that has decoded shall find bytes waiting. Changes no byte.
   * As many decode at once as libuv has threads: UV_THREADPOOL_SIZE, 4 if unset.
   */
  readonly together?: number
}

/** A picture that could not be decoded, and was left out. */
export interface LeftOut {
  readonly id: number
  readonly failure: Failure
}

/** Pictures as a split. Nothing is kept in memory but where they lie. */
export interface ImageSplit extends NamedSplit {
  /** [n] every example's label, in the order of `ids`: nobody has to decode pictures for them. */
  readonly labels: Int32Array
  readonly preprocessing: Preprocessing
  /** The same pictures with the random crops of an epoch; crops that are not random stay as they are. */
  atEpoch(epoch: number): ImageSplit
  /** The same pictures cut otherwise, random crops drawn from `key`. What is open, and what is left out, is shared. */
  cut(preprocessing: Preprocessing, key?: Key): ImageSplit
  /** [m × crop × crop × 3] what {@link ImageSplit.read} gives, before it is scaled to 0 … 1. */
  readBytes(ids: ArrayLike<number>): Promise<{ readonly ids: Uint32Array; readonly bytes: Uint8Array }>
  /** What has been left out until now, by id; empty unless `onBadImage` is `skip`. */
  leftOut(): readonly LeftOut[]
  close(): Promise<void>
}

/**
 * Encoded pictures as a split of examples [crop, crop, 3] with numbers from 0 to 1, decoded when they are read.
 *
 * Random crops are functions of key, epoch and example: the same in any order, batch size or process. A picture that can't
 * be decoded makes the read reject with one line that names it; or, with `onBadImage: 'skip'`, it is missing from the
 * batch, whose `ids` say what is there, and `leftOut` names it from then on.
 *
 * @throws RangeError when a crop is larger than what it is cut from, or not an integer ≥ 1.
 *
 * @example
 * imageSplit(images, { preprocessing: { kind: 'centre-crop', resize: 256, crop: 224 } })
 */
export function imageSplit(images: EncodedImages, options: ImageSplitOptions): ImageSplit {
  const { name, ids, labels, classNames, classIds } = images
  return splitOfPictures(
    {
      name,
      ids,
      labels,
      classNames,
      ...(classIds === undefined ? {} : { classIds }),
      async pixels(id, how, draw) {
        const read = await images.read(id)()
        return E.isLeft(read) ? read : decodeCrop(read.right, images.whereIs(id), how, draw)()
      },
      close: () => images.close(),
    },
    options,
  )
}

/** Where the pixels of examples come from. */
export interface Pictures extends Pick<NamedSplit, 'name' | 'ids' | 'classNames' | 'classIds'> {
  readonly labels: Int32Array
  /** [crop × crop × 3] bytes of one picture, cut. */
  pixels(id: number, how: Preprocessing, draw: CropDraw): Promise<E.Either<Failure, Uint8Array>>
  close(): Promise<void>
}

/** {@link imageSplit} of pictures from anywhere. `leftOut` begins with those that were left out before. */
export function splitOfPictures(
  pictures: Pictures,
  options: ImageSplitOptions,
  leftOut: readonly LeftOut[] = [],
): ImageSplit {
  const { preprocessing, together = Math.max(96, 16 * availableParallelism()) } = options
  requireSizes(preprocessing)
  return splitAt(pictures, options, atMost(together), new Map(leftOut.map((each) => [each.id, each])), 0)
}

function splitAt(
  images: Pictures,
  options: ImageSplitOptions,
  inTurn: ReturnType<typeof atMost>,
  bad: Map<number, LeftOut>,
  epoch: number,
): ImageSplit {
  const { preprocessing, onBadImage = 'fail', key = keyOf('random crops') } = options
  const { crop } = preprocessing
  const inputShape = [crop, crop, 3]
  const size = crop * crop * 3
  const index = rowIndex(images.name, images.ids)

  async function decoded(id: number): Promise<Uint8Array | undefined> {
    const pixels = await inTurn(() => images.pixels(id, preprocessing, { key, epoch, id }))
    if (E.isRight(pixels)) return pixels.right
    if (onBadImage === 'fail') throw new Refusal(pixels.left)
    bad.set(id, { id, failure: pixels.left })
    return undefined
  }

  async function readBytes(ids: ArrayLike<number>): Promise<{ ids: Uint32Array; bytes: Uint8Array }> {
    index.rows(ids)
    const bytes = new Uint8Array(ids.length * size)
    const there = new Uint8Array(ids.length)
    const settled = await Promise.allSettled(
      Array.from(ids, async (id, i) => {
        const pixels = await decoded(id)
        if (pixels === undefined) return
        bytes.set(pixels, i * size)
        there[i] = 1
      }),
    )
    const failed = settled.find((each) => each.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    if (!there.includes(0)) return { ids: Uint32Array.from(ids), bytes }
    const rows = Uint32Array.from(ids, (_, i) => i).filter((i) => there[i] === 1)
    rows.forEach((row, i) => bytes.copyWithin(i * size, row * size, (row + 1) * size))
    return { ids: rows.map((row) => ids[row]!), bytes: bytes.slice(0, rows.length * size) }
  }

  const split: ImageSplit = {
    name: images.name,
    ids: images.ids,
    labels: images.labels,
    inputShape,
    classes: images.classNames.length,
    classNames: images.classNames,
    ...(images.classIds === undefined ? {} : { classIds: images.classIds }),
    preprocessing,
    atEpoch: (other) => splitAt(images, options, inTurn, bad, other),
    cut(other, otherKey = key) {
      requireSizes(other)
      return splitAt(images, { ...options, preprocessing: other, key: otherKey }, inTurn, bad, epoch)
    },
    readBytes,
    async read(wanted): Promise<Batch> {
      const { ids, bytes } = await readBytes(wanted)
      const inputs = new Float32Array(bytes.length)
      unitBytes(bytes, inputs, 0)
      return { ...cleanLabels(ids, index.rows(ids), images.labels), inputShape, inputs }
    },
    leftOut: () => [...bad.values()].toSorted((a, b) => a.id - b.id),
    close: () => images.close(),
  }
  return tellingLabels(split, async (wanted) => cleanLabels(wanted, index.rows(wanted), images.labels))
}

function requireSizes(how: Preprocessing): void {
  const sizes = how.kind === 'centre-crop' ? [how.crop, how.resize] : [how.crop]
  const wrong = sizes.find((size) => !Number.isInteger(size) || size < 1 || size > 4096)
  if (wrong !== undefined) throw new RangeError(`imageSplit: required sizes from 1 to 4096, found ${wrong}`)
  if (how.kind === 'centre-crop' && how.crop > how.resize) {
    throw new RangeError(`imageSplit: required a crop of at most ${how.resize}, found ${how.crop}`)
  }
}
