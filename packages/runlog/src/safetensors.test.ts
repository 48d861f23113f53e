import { fc, test } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { readSafetensors } from './read-safetensors.ts'
import { elementsOf, type StoredTensor, type StoredTensors } from './stored-tensor.ts'
import { writeSafetensors } from './write-safetensors.ts'

const anyShape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
const anyTensor: fc.Arbitrary<StoredTensor> = anyShape.chain((shape) => {
  const exactly = { minLength: elementsOf(shape), maxLength: elementsOf(shape) }
  return fc.oneof(
    fc.float64Array(exactly).map((data): StoredTensor => ({ dtype: 'float64', shape, data })),
    fc.float32Array(exactly).map((data): StoredTensor => ({ dtype: 'float32', shape, data })),
    fc.int32Array(exactly).map((data): StoredTensor => ({ dtype: 'int32', shape, data })),
    fc.uint32Array(exactly).map((data): StoredTensor => ({ dtype: 'uint32', shape, data })),
    fc.uint8Array(exactly).map((data): StoredTensor => ({ dtype: 'uint8', shape, data })),
  )
})
const anyName = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '1', '0', 'a/kernel'))
const anyTensors: fc.Arbitrary<StoredTensors> = fc
  .array(fc.tuple(anyName, anyTensor), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries))

function file(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, data])
}

describe('writeSafetensors and readSafetensors', () => {
  test.prop([anyTensors])('give back the tensors', (tensors) => {
    expect(readSafetensors(writeSafetensors(tensors))).toEqual(E.right(tensors))
  })

  test.prop([anyTensors, fc.nat({ max: 16 })])('read from any place in memory', (tensors, shift) => {
    const shifted = new Uint8Array([...new Uint8Array(shift), ...writeSafetensors(tensors)]).subarray(shift)
    expect(readSafetensors(shifted)).toEqual(E.right(tensors))
  })

  test.prop([anyTensors])('do not depend on the order of the names, and align every tensor', (tensors) => {
    const bytes = writeSafetensors(tensors)
    expect(writeSafetensors(Object.fromEntries(Object.entries(tensors).toReversed()))).toEqual(bytes)
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(headerLength % 8).toBe(0)
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as object
    for (const [name, { data_offsets: offsets }] of Object.entries(header))
      expect(offsets[0] % tensors[name]!.data.BYTES_PER_ELEMENT).toBe(0)
  })

  it('write the format as it is specified', () => {
    const bytes = writeSafetensors({
      b: { dtype: 'float32', shape: [2], data: Float32Array.of(1, -2) },
      a: { dtype: 'uint8', shape: [], data: Uint8Array.of(7) },
    })
    const header =
      '{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}'
    const length = Math.ceil(header.length / 8) * 8
    expect(Buffer.from(bytes).toString('latin1')).toBe(
      `${String.fromCharCode(length)}${'\0'.repeat(7)}${header.padEnd(length)}\0\0\x80\x3f\0\0\0\xc0\x07`,
    )
  })

  it('write a view of a larger buffer as what it shows', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3)
    const read = readSafetensors(writeSafetensors({ a: { dtype: 'float32', shape: [2], data } }))
    expect(read).toEqual(E.right({ a: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } }))
  })

  it('refuse a shape that the data has not, and the reserved name', () => {
    const tensor: StoredTensor = { dtype: 'float32', shape: [3], data: new Float32Array(2) }
    expect(() => writeSafetensors({ w: tensor })).toThrow(/w: required 12 bytes for float32 \[3\], found 8/)
    expect(() => writeSafetensors({ __metadata__: { ...tensor, shape: [2] } })).toThrow(/reserved/)
  })
})

describe('readSafetensors', () => {
  const one = { dtype: 'F32', shape: [1], data_offsets: [0, 4] }
  const four = new Uint8Array(4)

  it('passes over metadata', () => {
    expect(readSafetensors(file({ __metadata__: { by: 'x' }, w: one }, four))).toEqual(
      E.right({ w: { dtype: 'float32', shape: [1], data: new Float32Array(1) } }),
    )
  })

  it.each([
    [new Uint8Array(7), 'length', '7'],
    [Buffer.from('ffffffffffffffff7b7d', 'hex'), 'header length', '18446744073709551615'],
    [file('[1]'), 'header', 'something else'],
    [file('{"w":'), 'header', 'something else'],
    [file({ w: 1 }), 'w', 'number'],
    [file({ w: { ...one, dtype: 'BF16' } }, four), 'w: dtype', 'BF16'],
    [file({ w: { ...one, shape: [-1] } }, four), 'w: shape', '[-1]'],
    [file({ w: { ...one, shape: [1e300] } }, four), 'w: shape', '[1e+300]'],
    [file({ w: { ...one, shape: [2 ** 50, 2 ** 50] } }, four), 'w: data_offsets', '4'],
    [file({ w: { ...one, data_offsets: [0] } }, four), 'w: data_offsets', '[0]'],
    [file({ w: { ...one, data_offsets: [4, 0] } }, four), 'w: data_offsets', '-4'],
    [file({ w: { ...one, data_offsets: [4, 8] } }, new Uint8Array(8)), 'w', 'data from byte 4'],
    [file({ w: one, v: one }, four), 'v', 'data from byte 0'],
    [file({ w: one }), 'data', '0'],
    [file({ w: one }, new Uint8Array(5)), 'data', '5'],
    [file({ 'w\n': { ...one, dtype: 'F\n' } }, four), 'w·: dtype', 'F·'],
  ])('says where and what it found (%#)', (bytes, where, found) => {
    const result = readSafetensors(bytes)
    const message: unknown = expect.stringMatching(/^safetensors: [^\n]+: expected [^\n]+, found [^\n]+$/)
    expect(result).toMatchObject({ left: { _tag: 'InvalidSafetensors', where, found, message } })
  })

  const anyDamage = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { maxLength: 4 })
  test.prop([anyTensors, anyDamage, fc.nat()], { numRuns: 500 })(
    'ends in a failure or in tensors that fit their bytes after any damage and any cut',
    (tensors, damage, cut) => {
      const whole = writeSafetensors(tensors)
      for (const { at, byte } of damage) whole[at % whole.length] = byte
      const bytes = whole.subarray(0, whole.length - (cut % 3 === 0 ? cut % whole.length : 0))
      const result = readSafetensors(bytes)
      if (E.isLeft(result)) expect(result.left.message).not.toContain('\n')
      else for (const { data, shape } of Object.values(result.right)) expect(data.length).toBe(elementsOf(shape))
    },
  )
})
