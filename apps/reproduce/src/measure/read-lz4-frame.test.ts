import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { readLz4Frame } from './read-lz4-frame.ts'

/** What pyarrow 26 made of {@link content}. */
const frame = Uint8Array.from(
  Buffer.from(
    'BCJNGGBAgoEAAAB/AAEEAgIEAQcA//////////////+pHwABAP8a8FQEDiRMjOpsGPQGVOS84lwwZP4EfGzazEhU9jQUnNK8YMTu5KxMyix4tOYU' +
      'RHzCHJAk3sTcLLqMqBTW9HRcsnzAhM6kDAyq7Nh0xtSkPKLc8OS+hDzsmkwI1La01BySPCBErmQAAAAA',
    'base64',
  ),
)

const content = [
  ...Array.from({ length: 3000 }, (_, i) => (i * i) % 7),
  ...Array.from({ length: 300 }, () => 0),
  ...Array.from({ length: 100 }, (_, i) => (i ** 3 + 3 * i) % 256),
]

const header = [4, 34, 77, 24, 0x40, 0x40, 0]
const block = (...bytes: number[]): number[] => [bytes.length, 0, 0, 0, ...bytes]
const end = [0, 0, 0, 0]
const read = (...bytes: number[]): number[] => [...readLz4Frame(Uint8Array.from(bytes))]

describe('readLz4Frame', () => {
  it('reads what another program wrote', () => {
    expect([...readLz4Frame(frame)]).toEqual(content)
  })

  it('reads matches that overlap what they make, and reach into the block before', () => {
    // 1 2, then 7 bytes from 2 back; the last 5 bytes are literals.
    const first = block(0x23, 1, 2, 2, 0, 0x50, 9, 9, 9, 9, 9)
    const expected = [1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 9, 9, 9, 9]
    expect(read(...header, ...first, ...end)).toEqual(expected)
    const second = block(0x00, 14, 0, 0x10, 8)
    expect(read(...header, ...first, ...second, ...end)).toEqual([...expected, 1, 2, 1, 2, 8])
  })

  it('reads blocks that aren’t compressed, checksums, and the content’s size', () => {
    const plain = [2, 0, 0, 0x80, 5, 6]
    expect(read(...header, ...plain, ...end)).toEqual([5, 6])
    const checked = [...header.slice(0, 4), 0x50, 0x40, 0]
    expect(read(...checked, ...plain, 1, 1, 1, 1, ...end)).toEqual([5, 6])
    const sized = [...header.slice(0, 4), 0x48, 0x40, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    expect(read(...sized, ...plain, ...end)).toEqual([5, 6])
  })

  it.each([
    ['nothing', [], /required an LZ4 frame/],
    ['another magic', [1, ...header.slice(1), ...end], /required an LZ4 frame/],
    ['a dictionary', [...header.slice(0, 4), 0x41, ...header.slice(5), ...end], /without a dictionary/],
    ['no end mark', [...header, ...block(0x10, 1)], /end mark/],
    ['a torn block', [...header, 9, 0, 0, 0, 0x10, 1], /torn/],
    ['a match before the first byte', [...header, ...block(0x10, 1, 2, 0), ...end], /match before the first byte/],
    ['literals that aren’t there', [...header, ...block(0x30, 1), ...end], /torn/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => read(...bytes)).toThrow(message)
  })

  test.prop([fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }), fc.nat({ max: 60 })])(
    'gives bytes or a RangeError, whatever is done to a frame',
    (changes, cut) => {
      const bytes = frame.slice()
      for (const [at, by] of changes) bytes[at % bytes.length] = by
      try {
        readLz4Frame(bytes.subarray(0, bytes.length - cut))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    },
  )
})
