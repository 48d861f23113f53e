import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { readNpy } from './read-npy.ts'
import { bytesOf, npyBytes } from './zip-bytes.test-support.ts'

const floats = Float32Array.of(1, 2, 3, 4, 5, 6)
const whole = npyBytes('<f4', [2, 3], bytesOf(floats))

describe('readNpy', () => {
  it.each([
    ['|b1', Uint8Array.of(0, 1), 'bool'],
    ['|u1', Uint8Array.of(7, 255), 'uint8'],
    ['|i1', Int8Array.of(-7, 100), 'int8'],
    ['<u2', Uint16Array.of(7, 65535), 'uint16'],
    ['<i2', Int16Array.of(-7, 300), 'int16'],
    ['<u4', Uint32Array.of(7, 2 ** 32 - 1), 'uint32'],
    ['<i4', Int32Array.of(-7, 70000), 'int32'],
    ['<u8', BigUint64Array.of(7n, 2n ** 40n), 'uint64'],
    ['<i8', BigInt64Array.of(-7n, 2n ** 40n), 'int64'],
    ['<f4', Float32Array.of(0.5, -3), 'float32'],
    ['<f8', Float64Array.of(Math.PI, -3), 'float64'],
  ] as const)('reads %s', (descr, numbers, dtype) => {
    const read = rightOf(readNpy(npyBytes(descr, [2], bytesOf(numbers))))
    expect(read).toEqual({ dtype, shape: [2], data: numbers })
  })

  it('reads halves, every one of them, exactly', () => {
    const bits = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i)
    const { dtype, data } = rightOf(readNpy(npyBytes('<f2', [2 ** 16], bytesOf(bits))))
    expect(dtype).toBe('float16')
    const known = { 0: 0, 0x8000: -0, 1: 2 ** -24, 0x3ff: 1023 * 2 ** -24, 0x400: 2 ** -14, 0x3c00: 1, 0xc000: -2 }
    for (const [half, number] of Object.entries({ ...known, 0x3555: 1365 / 4096, 0x7bff: 65504, 0xfc00: -Infinity })) {
      expect(data[Number(half)], half).toBe(number)
    }
    expect(data[0x7e00]).toBeNaN()
    // Positive halves are in the order of their bits.
    for (let half = 1; half <= 0x7c00; half++) expect(data[half]! > data[half - 1]!).toBe(true)
  })

  it('reads Fortran order, of any number of axes', () => {
    const shape = [2, 3, 4]
    const inOrder = Int32Array.from({ length: 24 }, (_, i) => i)
    // Index [i, j, k] lies at i + 2j + 6k.
    const fortran = Int32Array.from({ length: 24 }, (_, at) => {
      const [i, j, k] = [at % 2, Math.floor(at / 2) % 3, Math.floor(at / 6)]
      return 12 * i + 4 * j + k
    })
    expect(rightOf(readNpy(npyBytes('<i4', shape, bytesOf(fortran), 'True')))).toEqual({
      dtype: 'int32',
      shape,
      data: inOrder,
    })
    expect(rightOf(readNpy(npyBytes('<f4', [6], bytesOf(floats), 'True'))).data).toEqual(floats)
    expect(rightOf(readNpy(npyBytes('<f4', [3, 0], new Uint8Array(0), 'True'))).data.length).toBe(0)
  })

  it('reads from anywhere in a buffer, and a scalar, and nothing', () => {
    for (const shift of [0, 1, 3, 8]) {
      const room = new Uint8Array(whole.length + shift)
      room.set(whole, shift)
      expect(rightOf(readNpy(room.subarray(shift))).data).toEqual(floats)
    }
    expect(rightOf(readNpy(npyBytes('<f4', [], bytesOf(Float32Array.of(2)))))).toMatchObject({ shape: [] })
    expect(rightOf(readNpy(npyBytes('<f4', [0, 5], new Uint8Array(0)))).shape).toEqual([0, 5])
  })

  it.each([
    ['nothing', new Uint8Array(0), 'not npy'],
    ['text', new TextEncoder().encode('<html>not found</html>'), 'not npy'],
    ['a torn header', whole.subarray(0, 40), 'truncated'],
    ['torn data', whole.subarray(0, -1), 'truncated'],
    ['a byte too many', Uint8Array.of(...whole, 0), 'trailing bytes'],
    ['pickled objects', npyBytes('|O', [2], new Uint8Array(16)), 'unsupported'],
    ['complex numbers', npyBytes('<c8', [1], new Uint8Array(8)), 'unsupported'],
    ['big-endian numbers', npyBytes('>f4', [1], new Uint8Array(4)), 'unsupported'],
    [
      'lengths whose product passes 2⁵³',
      npyBytes('<f4', Array<number>(9).fill(999_999_999), bytesOf(floats)),
      'truncated',
    ],
    ['a negative length', npyBytes('<f4', [-1], bytesOf(floats)), 'unsupported'],
    ['a version from the future', Uint8Array.of(...whole.subarray(0, 6), 9, ...whole.subarray(7)), 'unsupported'],
  ] as const)('refuses %s in one line that begins with the file', (_, bytes, problem) => {
    const failure = leftOf(readNpy(bytes, 'a/x.npy'))
    expect(failure).toMatchObject({ _tag: 'NpzFailure', file: 'a/x.npy', problem })
    expect(failure.message).toMatch(/^a\/x\.npy: [^\n]*: required [^\n]*, found [^\n]*\.$/)
  })

  it('names the byte where the data end too early, or go on', () => {
    const start = whole.length - 24
    expect(leftOf(readNpy(whole.subarray(0, -1), 'x'))).toMatchObject({ offset: start })
    expect(leftOf(readNpy(Uint8Array.of(...whole, 0), 'x'))).toMatchObject({ offset: whole.length })
    expect(leftOf(readNpy(npyBytes('|O', [2], new Uint8Array(16)), 'x'))).toMatchObject({ offset: 10 })
  })

  it('is quick with a header made to be slow', () => {
    const slow = npyBytes('<f4', [1], new Uint8Array(4))
    const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${'1 ,'.repeat(20_000)}`
    const bytes = Uint8Array.of(...slow.subarray(0, 8), text.length & 255, text.length >> 8, ...Buffer.from(text))
    expect(leftOf(readNpy(bytes)).problem).toBe('unsupported')
  })

  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 })
  test.prop([changes, fc.nat()], { numRuns: 2000 })('neither throws nor invents data', (damage, cut) => {
    const bytes = Uint8Array.from(whole)
    for (const [at, value] of damage) bytes[at % bytes.length] = value
    const read = readNpy(bytes.subarray(0, bytes.length - (cut % 20)))
    // A half becomes a float of twice its bytes.
    if (E.isRight(read)) expect(read.right.data.byteLength).toBeLessThanOrEqual(2 * bytes.length)
  })
})
