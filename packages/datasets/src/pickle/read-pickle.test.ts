import { describe, expect, it } from 'vitest'
import { pickledBatch } from './pickle-bytes.test-support.ts'
import { readPickle } from './read-pickle.ts'

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

describe('readPickle', () => {
  it('reads plain values of protocols 2 to 4', () => {
    const list = { kind: 'list', items: [1, -2, true, null, 'ä', 300, 2.5, -129] }
    const two =
      '\x80\x02](K\x01J\xfe\xff\xff\xff\x88NX\x02\0\0\0\xc3\xa4M\x2c\x01G\x40\x04\0\0\0\0\0\0\x8a\x02\x7f\xffe.'
    expect(readPickle(bytes(two), 'a')).toEqual(list)
    expect(readPickle(bytes('\x80\x04\x95\x0b\0\0\0\0\0\0\0}\x94\x8c\x01a\x94C\x01b\x94s.'), 'a')).toEqual({
      kind: 'dict',
      entries: new Map([['a', bytes('b')]]),
    })
    expect(readPickle(bytes('(I1\nI01\nt.'), 'a')).toEqual({ kind: 'tuple', items: [1, 1] })
  })

  it('reads a NumPy array as a view of the file', () => {
    const file = pickledBatch(
      'labels',
      [3],
      Uint8Array.from({ length: 3072 }, (_, i) => i % 256),
    )
    const data = (
      readPickle(file, 'a') as unknown as { entries: Map<string, { shape: number[]; data: Uint8Array }> }
    ).entries.get('data')!
    expect([data.shape, data.data[257], data.data.buffer]).toEqual([[1, 3072], 1, file.buffer])
  })

  it.each<[string, string, RegExp]>([
    ['a command to run', 'cos\nsystem\n(U\x07echo hitR.', /at byte 0 .*found the name os\.system/],
    ['one by its newer opcode', '\x8c\x08builtins\x8c\x04eval\x93.', /found the name builtins\.eval/],
    ['a property of everything', 'c__proto__\ntoString\n.', /found the name __proto__\.toString/],
    ['an object to make', '\x80\x02)\x81.', /at byte 3 .*opcode .*found 0x81/],
    ['a persistent id', 'Pid\n.', /opcode .*found 0x50/],
    ['a class to call', 'cnumpy\nndarray\n)R.', /required a function, found the class ndarray/],
    ['a string longer than the file', 'T\xff\xff\xff\x7fa.', /2147483647 more bytes, found 2/],
    ['a length of 2⁶³', '\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.', /a length, found/],
    ['a value that was not kept', 'h\x05.', /place 5/],
    ['nothing on the stack', '.', /a value on the stack/],
    ['a mark that is not there', 't.', /a mark on the stack/],
    ['what a mark hides', 'K\x01(a.', /a value on the stack/],
    ['an end too early', 'K\x01', /1 more bytes/],
    ['bytes behind it', 'N.N', /nothing behind it/],
    ['a key that is a list', '}]Ns.', /a key of text/],
    ['another number type', '\x80\x07N.', /protocol/],
  ])('refuses %s', (_, text, line) => {
    expect(() => readPickle(bytes(text), 'a')).toThrow(line)
  })

  it('refuses arrays of other types, and bytes that do not fill the shape', () => {
    expect(() => readPickle(pickledBatch('labels', [], new Uint8Array(8), { type: 'f8' }), 'a')).toThrow(/u1.*found f8/)
    expect(() => readPickle(pickledBatch('labels', [], new Uint8Array(8), { shape: [9] }), 'a')).toThrow(/9 bytes/)
  })
})
