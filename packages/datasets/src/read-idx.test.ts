import { gzipSync } from 'node:zlib'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect } from 'vitest'
import { idxBytes } from './made-up.test-support.ts'
import { readIdx } from './read-idx.ts'

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })
const files = shapes.chain((shape) => {
  const size = shape.reduce((product, length) => product * length, 1)
  return fc.uint8Array({ minLength: size, maxLength: size }).map((data) => ({ shape, data }))
})
const whole = idxBytes([2, 3], [1, 2, 3, 4, 5, 6])

describe('readIdx', () => {
  test.prop([files, fc.boolean()])('reads back what was written, behind gzip or not', ({ shape, data }, zipped) => {
    const plain = idxBytes(shape, data)
    const { shape: found, data: bytes } = rightOf(readIdx(zipped ? gzipSync(plain) : plain))
    expect([found, [...bytes]]).toEqual([shape, [...data]])
  })

  test.prop([files])('reads from the middle of a buffer', ({ shape, data }) => {
    const plain = idxBytes(shape, data)
    const room = new Uint8Array(plain.length + 7).fill(255)
    room.set(plain, 3)
    expect([...rightOf(readIdx(room.subarray(3, 3 + plain.length))).data]).toEqual([...data])
  })

  test.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['three bytes', whole.subarray(0, 3), 'truncated'],
    ['a torn header', whole.subarray(0, 9), 'truncated'],
    ['torn data', whole.subarray(0, -1), 'truncated'],
    ['a byte too many', Uint8Array.of(...whole, 0), 'trailing bytes'],
    ['text', new TextEncoder().encode('<html>404</html>'), 'wrong magic'],
    ['no axes', Uint8Array.of(0, 0, 8, 0), 'wrong magic'],
    ['floats', idxBytes([1], [0, 0, 0, 0], 0x0d), 'wrong data type'],
    ['axes whose product passes 2⁵³', idxBytes(Array<number>(200).fill(2 ** 32 - 1), []), 'truncated'],
    ['a torn gzip', gzipSync(whole).subarray(0, -9), 'corrupt gzip'],
    ['two bytes of gzip', Uint8Array.of(0x1f, 0x8b), 'corrupt gzip'],
    ['a gzip with a flipped bit in its checksum', flipped(gzipSync(whole), -6), 'corrupt gzip'],
    ['something after gzip', Uint8Array.of(...gzipSync(whole), 1, 2, 3), 'corrupt gzip'],
    ['zeros after gzip', Uint8Array.of(...gzipSync(whole), 0, 0), 'trailing bytes'],
  ] as const)('refuses %s in one line that begins with the file', (_, bytes, problem) => {
    const failure = leftOf(readIdx(bytes, 'a/file.gz'))
    expect(failure).toMatchObject({ _tag: 'IdxFailure', file: 'a/file.gz', problem })
    expect(failure.message).toMatch(/^a\/file\.gz: .*at byte \d+ required .*, found .*\. Get the file again\.$/)
  })

  test('names the byte where that is seen', () => {
    const offsetOf = (bytes: Uint8Array): number => leftOf(readIdx(bytes)).offset
    expect(offsetOf(whole.subarray(0, -1))).toBe(12)
    expect(offsetOf(Uint8Array.of(...whole, 0))).toBe(whole.length)
    expect(offsetOf(idxBytes([1], [0, 0, 0, 0], 0x0d))).toBe(2)
    const packed = gzipSync(whole)
    expect(offsetOf(Uint8Array.of(...packed, 0, 0))).toBe(packed.length)
  })

  test('says what the header promises and what is there', () => {
    expect(leftOf(readIdx(whole.subarray(0, 12), 'x')).message).toBe(
      'x: truncated: at byte 12 required 6 bytes of data for shape [2, 3], found 0. Get the file again.',
    )
  })

  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
  test.prop([files, fc.boolean(), damage, fc.nat()], { numRuns: 1000 })(
    'neither throws nor invents data, whatever is done to the bytes',
    ({ shape, data }, zipped, changes, cut) => {
      const plain = idxBytes(shape, data)
      const bytes = Uint8Array.from(zipped ? gzipSync(plain) : plain)
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      const read = readIdx(bytes.subarray(0, bytes.length - (cut % bytes.length)))
      if (E.isRight(read)) {
        expect(read.right.data.length).toBe(read.right.shape.reduce((product, length) => product * length, 1))
        expect(read.right.data.length).toBeLessThanOrEqual(1032 * bytes.length)
      }
    },
  )

  test.prop([fc.uint8Array({ maxLength: 64 })], { numRuns: 500 })('does not throw on noise', (bytes) => {
    readIdx(bytes)
    readIdx(Uint8Array.of(0x1f, 0x8b, 8, 0, ...bytes))
    readIdx(Uint8Array.of(0, 0, 8, ...bytes))
  })
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const index = changed.length + at
  changed[index] = (changed[index] as number) ^ 1
  return changed
}
