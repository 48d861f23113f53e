import type { Failure } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { centreCrop224 } from '../images/preprocessing.ts'
import type { NamedSplit } from '../named-split.ts'
import type { OpenOptions } from './data-set.ts'

/** Pictures need the package sharp, and it is not installed. */
export type SharpMissing = Failure<'SharpMissing'>

/** Pictures as a split. sharp is loaded here, and only when pictures are opened. */
export function openImages(
  find: TE.TaskEither<Failure, EncodedImages>,
  { preprocessing = centreCrop224, onBadImage = 'fail' }: OpenOptions,
): TE.TaskEither<Failure, NamedSplit> {
  return async () => {
    const images = await find()
    if (E.isLeft(images)) return images
    try {
      const { imageSplit } = await import('../images/image-split.ts')
      return E.right(imageSplit(images.right, { preprocessing, onBadImage }))
    } catch (cause) {
      await images.right.close()
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause
      const message = 'pictures are decoded by the package sharp, which is not installed: npm install sharp'
      return E.left({ _tag: 'SharpMissing', message } as SharpMissing)
    }
  }
}
