/** The size of a JPEG, and that nothing about it is unusual. */
export interface JpegHeader {
  readonly width: number
  readonly height: number
}

/**
 * Width and height of an ordinary JPEG, out of its first bytes: gray or with three colours of 8 bits, without EXIF.
 * Undefined for anything else, which somebody who knows all of it has to look at.
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  for (let at = 2; at + 9 < bytes.length;) {
    const marker = bytes[at + 1]!
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!
    if (bytes[at] !== 0xff || length < 2) return undefined
    if (marker === 0xc0 || marker === 0xc2) {
      const [precision, high, low, wide, narrow, components] = bytes.subarray(at + 4) as unknown as number[]
      const [height, width] = [high! * 256 + low!, wide! * 256 + narrow!]
      const usual = precision === 8 && (components === 1 || components === 3)
      return usual && width > 0 && height > 0 ? { width, height } : undefined
    }
    // JFIF, profiles and other programs' own notes, comments and tables are passed over; EXIF may turn the picture.
    const passedOver =
      (marker >= 0xe0 && marker <= 0xef && marker !== 0xe1) || [0xfe, 0xdb, 0xc4, 0xdd].includes(marker)
    if (!passedOver) return undefined
    at += 2 + length
  }
  return undefined
}
