import type { Failure } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { centreCrop224 } from '../images/preprocessing.ts'
import type { NamedSplit } from '../named-split.ts'
import { packedSplit } from '../pack/packed-split.ts'
import type { OpenOptions } from './data-set.ts'

/** Pictures need the package sharp, and it is not installed. */
export type SharpMissing = Failure<'SharpMissing'>

/** Pictures as a split. sharp is loaded here, and only when pictures are opened. */
export function openImages(
  find: TE.TaskEither<Failure, EncodedImages>,
  { preprocessing = centreCrop224, onBadImage = 'fail' }: OpenOptions,
): TE.TaskEither<Failure, NamedSplit> {
  return opened(find, async (images) => {
    const { imageSplit } = await import('../images/image-split.ts')
    return imageSplit(images, { preprocessing, onBadImage })
  })
}

/** A packed file as it is, or, where a preprocessing is asked for, cut anew; that needs sharp as well. */
export function openPack(
  file: string,
  { preprocessing, onBadImage = 'fail' }: OpenOptions,
): TE.TaskEither<Failure, NamedSplit> {
  if (preprocessing === undefined) return packedSplit(file)
  return opened(packedSplit(file), async (pack) => {
    const { croppedPack } = await import('../pack/cropped-pack.ts')
    return croppedPack(pack, { preprocessing, onBadImage })
  })
}

function opened<A extends { close(): Promise<void> }>(
  find: TE.TaskEither<Failure, A>,
  make: (found: A) => Promise<NamedSplit>,
): TE.TaskEither<Failure, NamedSplit> {
  return async () => {
    const found = await find()
    if (E.isLeft(found)) return found
    try {
      return E.right(await make(found.right))
    } catch (cause) {
      await found.right.close()
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause
      const message = 'pictures are decoded by the package sharp, which is not installed: npm install sharp'
      return E.left({ _tag: 'SharpMissing', message } as SharpMissing)
    }
  }
}
