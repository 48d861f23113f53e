import type { Failure } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import { type FailOnOptions, type Sharp, default as sharp } from 'sharp'
import { firstLineOf } from './first-line-of.ts'

/** A picture's bytes can't be made into pixels: torn, of another kind, or larger than 268 million pixels. */
export type ImageFailure = Failure<'ImageFailure', { file: string }>

/** The pixels that are wanted. */
export interface ImageShape {
  readonly height: number
  readonly width: number
  /** 3 is red, green and blue; 1 is how light it is. */
  readonly channels: 1 | 3
}

const failOn: FailOnOptions = 'error'

/**
 * A picture's pixels in a given shape: [height × width × channels] bytes, row-major, 0 to 255.
 *
 * In this order: the first frame; turned upright as EXIF says; scaled (Lanczos) until it just covers height × width; what
 * juts out is cut off evenly on both sides; transparent parts become black; CMYK, 16 bits and other colours become 8-bit
 * sRGB. Gray pictures have three equal channels; for one channel colours become their lightness. The bytes tell the
 * format, whatever the file's name says.
 *
 * @param picture a file's path, or its bytes.
 * @param file what a failure calls it.
 *
 * @example
 * decodeImage('cat.jpg', { height: 224, width: 224, channels: 3 }) // right: Uint8Array of 150,528
 */
export function decodeImage(
  picture: string | Uint8Array,
  { height, width, channels }: ImageShape,
  file: string = typeof picture === 'string' ? picture : 'image',
): TE.TaskEither<ImageFailure, Uint8Array> {
  const fail = (what: string): E.Either<ImageFailure, never> =>
    E.left({ _tag: 'ImageFailure', message: `${file}: not an image that can be read: ${what}`, file })
  return async () => {
    try {
      const upright: Sharp = sharp(picture, { failOn, sequentialRead: true }).autoOrient()
      const covering = upright.resize({ height, width, fit: 'cover' }).flatten({ background: 'black' })
      const { data, info } = await covering
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true })
      return info.channels === channels && data.length === height * width * channels
        ? E.right(data)
        : fail(`required ${channels} channels, found ${info.channels}`)
    } catch (cause) {
      return fail(firstLineOf(cause))
    }
  }
}
