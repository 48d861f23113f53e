import { either as E, type taskEither as TE } from 'fp-ts'
import sharp, { type Metadata, type SharpOptions } from 'sharp'
import type { ImageFailure } from '../decode-image.ts'
import { firstLineOf } from '../first-line-of.ts'
import { type CropDraw, type CropPlan, cropPlan } from './crop-plan.ts'
import { jpegHeader } from './jpeg-header.ts'
import type { Preprocessing } from './preprocessing.ts'

/** What may come; a file that claims another format, or more pixels, is refused before it is decoded. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])
const MOST_PIXELS = 2 ** 27

const input: SharpOptions = { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true }

/**
 * One example out of an encoded picture: [crop × crop × 3] bytes, row-major, 0 to 255, red, green and blue.
 *
 * The first frame; upright as EXIF says unless told otherwise; cut and scaled as the preprocessing says (bilinear over
 * the area, as the field does it); transparent parts become black; gray, CMYK, 16 bits and other colours become 8-bit
 * sRGB. The bytes tell the format, whatever the file's name says.
 *
 * @param file what a failure calls the picture.
 * @returns left when the bytes are torn, of another kind, or more than 134 million pixels.
 *
 * @example
 * decodeCrop(bytes, 'cat.jpg', { kind: 'centre-crop', resize: 256, crop: 224 }, { key, epoch: 0, id: 7 })
 */
export function decodeCrop(
  bytes: Uint8Array,
  file: string,
  how: Preprocessing,
  draw: CropDraw,
): TE.TaskEither<ImageFailure, Uint8Array> {
  return async () => {
    try {
      const metadata = ordinary(bytes) ?? (await sharp(bytes, input).metadata())
      if (!FORMATS.has(metadata.format))
        return fail(file, `required JPEG, PNG, WebP, GIF, TIFF or AVIF, found ${metadata.format}`)
      const { width, height } = sizeOf(metadata, how.orientation)
      const plan = cropPlan(width, height, how, draw)
      const { data, info } = await cropped(bytes, how, metadata, plan)
      const wanted = how.crop * how.crop * 3
      return info.channels === 3 && data.length === wanted
        ? E.right(data)
        : fail(file, `required 3 channels, found ${info.channels}`)
    } catch (cause) {
      return fail(file, firstLineOf(cause))
    }
  }
}

type Described = Pick<Metadata, 'format' | 'width' | 'height' | 'orientation' | 'hasAlpha' | 'autoOrient'>

/** What there is to know of an ordinary JPEG, without asking sharp, which takes as long as a twentieth of a decode. */
function ordinary(bytes: Uint8Array): Described | undefined {
  const size = jpegHeader(bytes)
  return size === undefined ? undefined : { format: 'jpeg', hasAlpha: false, ...size, autoOrient: size }
}

function sizeOf(
  { autoOrient, width, height }: Described,
  orientation: Preprocessing['orientation'],
): { width: number; height: number } {
  return orientation === 'stored' ? { width, height } : autoOrient
}

/** What changes nothing is left out: cutting first keeps JPEGs from being decoded at a smaller scale, for one. */
function cropped(
  bytes: Uint8Array,
  { orientation }: Preprocessing,
  metadata: Described,
  { before, scaled, after, mirrored }: CropPlan,
): Promise<{ data: Buffer; info: { channels: number } }> {
  let picture = sharp(bytes, input)
  if (orientation !== 'stored' && (metadata.orientation ?? 1) > 1) picture = picture.autoOrient()
  const { width, height } = sizeOf(metadata, orientation)
  if (before.width < width || before.height < height) picture = picture.extract(before)
  picture = picture.resize({ ...scaled, fit: 'fill', kernel: 'linear' })
  if (after.width < scaled.width || after.height < scaled.height) picture = picture.extract(after)
  if (mirrored) picture = picture.flop()
  if (metadata.hasAlpha) picture = picture.flatten({ background: 'black' })
  return picture.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
}

function fail(file: string, what: string): E.Either<ImageFailure, never> {
  return E.left({ _tag: 'ImageFailure', message: `${file}: not an image that can be read: ${what}`, file })
}
