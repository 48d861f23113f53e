/** A file of an archive, as bytes; `type` and `size` can lie. */
export interface TarFile {
  readonly name: string
  readonly bytes?: Uint8Array
  readonly type?: string
  readonly size?: number
}

/** One ustar header block. */
export function tarHeaderBytes({ name, bytes, type = '0', size = bytes?.length ?? 0 }: TarFile): Uint8Array {
  const block = Buffer.alloc(512)
  block.write(name.slice(0, 100), 0, 'utf8')
  block.write('0000644\x000000000\x000000000\0', 100, 'latin1')
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  else {
    block[124] = 0x80
    block.writeBigUInt64BE(BigInt(size), 128)
  }
  block.write('00000000000\0', 136, 'latin1')
  block.write(type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  block.fill(0x20, 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** A tar archive's bytes. */
export function tarBytes(files: readonly TarFile[], end = true): Uint8Array {
  const parts = files.flatMap((file) => {
    const bytes = file.bytes ?? new Uint8Array(0)
    return [tarHeaderBytes(file), bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]
  })
  return new Uint8Array(Buffer.concat([...parts, new Uint8Array(end ? 1024 : 0)]))
}

/** An extended header (pax) that says these things of the next file. */
export function paxFile(says: Readonly<Record<string, string>>): TarFile {
  const lines = Object.entries(says).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`
    let length = Buffer.byteLength(rest) + 1
    while (String(length).length + Buffer.byteLength(rest) > length) length++
    return `${length}${rest}`
  })
  return { name: 'pax', type: 'x', bytes: new Uint8Array(Buffer.from(lines.join(''))) }
}
