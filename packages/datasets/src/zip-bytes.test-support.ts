import { crc32, deflateRawSync } from 'node:zlib'

/** A .npy file's bytes, as NumPy writes version 1.0. */
export function npyBytes(descr: string, shape: readonly number[], data: Uint8Array, order = 'False'): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }`
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n'
  const header = Buffer.from(padded, 'latin1')
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8])
  return Uint8Array.from(Buffer.concat([magic, header, data]))
}

/** The little-endian bytes of numbers. */
export function bytesOf(numbers: ArrayBufferView): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

/** A zip archive of the entries, stored or deflated. */
export function zipBytes(entries: Readonly<Record<string, Uint8Array>>, deflate = false): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of Object.entries(entries)) {
    const fileName = Buffer.from(name)
    const body = deflate ? deflateRawSync(bytes) : Buffer.from(bytes)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(deflate ? 8 : 0, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(fileName.length, 22)
    local.push(Buffer.from('504b0304', 'hex'), common, fileName, body)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.from('504b01021400', 'hex'), common, rest, fileName)
    offset += 4 + common.length + fileName.length + body.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Uint8Array.from(Buffer.concat([...local, directory, end]))
}
