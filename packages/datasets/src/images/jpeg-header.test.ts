import { fc, test } from '@fast-check/vitest'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { plain, ramps } from './encoded.test-support.ts'
import { jpegHeader } from './jpeg-header.ts'

const whole = await ramps(40, 30).jpeg().toBuffer()

describe('jpegHeader', () => {
  it.each([
    ['baseline', () => ramps(31, 17).jpeg()],
    ['progressive', () => ramps(31, 17).jpeg({ progressive: true })],
    ['with optimised tables', () => ramps(31, 17).jpeg({ mozjpeg: true })],
    ['gray', () => ramps(31, 17).grayscale().jpeg()],
    ['with a colour profile', () => ramps(31, 17).withIccProfile('p3').jpeg()],
    ['without subsampling', () => ramps(31, 17).jpeg({ chromaSubsampling: '4:4:4' })],
  ])('reads the size of one that is %s', async (_, make) => {
    expect(jpegHeader(await make().toBuffer())).toEqual({ width: 31, height: 17 })
  })
  it.each([
    ['turned by EXIF', () => ramps(31, 17).withMetadata({ orientation: 6 }).jpeg()],
    [
      'with EXIF at all',
      () =>
        ramps(31, 17)
          .withExif({ IFD0: { Copyright: 'nobody' } })
          .jpeg(),
    ],
    ['of four inks', () => plain(31, 17, '#fff').toColourspace('cmyk').jpeg()],
    ['a PNG', () => ramps(31, 17).png()],
  ])('leaves one that is %s to others', async (_, make) => {
    expect(jpegHeader(await make().toBuffer())).toBeUndefined()
  })

  const changes = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 3 })
  test.prop([changes, fc.nat(700)], { numRuns: 300 })(
    'says of a damaged one what sharp says, or nothing',
    async (damage, end) => {
      const bytes = Uint8Array.from(whole.subarray(0, end < 350 ? whole.length : end))
      for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value
      const header = jpegHeader(bytes)
      if (header === undefined) return
      const known = await sharp(bytes)
        .metadata()
        .catch(() => undefined)
      // What sharp can't open at all it won't decode either, whatever its header says.
      if (known !== undefined) expect(header).toEqual({ width: known.width, height: known.height })
    },
  )
})
