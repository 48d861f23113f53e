import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { unitBytes, unitRows } from './unit-rows.ts'

describe('unitBytes', () => {
  it('divides any two bytes by 255', () => {
    const bytes = Uint8Array.from({ length: 2 ** 17 }, (_, i) => (i % 2 === 0 ? (i >>> 1) & 255 : i >>> 9))
    const out = new Float32Array(bytes.length)
    unitBytes(bytes, out, 0)
    expect(out).toEqual(Float32Array.from(bytes, (byte) => byte / 255))
  })
  test.prop([fc.uint8Array({ maxLength: 40 }), fc.nat(5), fc.nat(5), fc.nat(3)])(
    'from any place to any place, and touches nothing else',
    (bytes, from, at, after) => {
      const room = new Uint8Array(from + bytes.length + 3)
      room.set(bytes, from)
      const out = new Float32Array(at + bytes.length + after).fill(7)
      unitBytes(room.subarray(from, from + bytes.length), out, at)
      const wanted = [
        ...Array(at).fill(7),
        ...Array.from(bytes, (byte) => Math.fround(byte / 255)),
        ...Array(after).fill(7),
      ]
      expect([...out]).toEqual(wanted)
    },
  )
})

describe('unitRows', () => {
  test.prop([
    fc.nat(9),
    fc.nat(5),
    fc.array(fc.nat(6), { maxLength: 8 }),
    fc.uint8Array({ minLength: 80, maxLength: 80 }),
  ])('takes rows of any size from any place, in any order', (size, from, rows, room) => {
    const inputs = room.subarray(from, from + 7 * size)
    const wanted = rows.flatMap((row) => [...inputs.subarray(row * size, (row + 1) * size)].map((byte) => byte / 255))
    expect(unitRows(inputs, Uint32Array.from(rows), size)).toEqual(Float32Array.from(wanted))
  })
})
