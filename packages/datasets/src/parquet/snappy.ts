/**
 * Decompresses one block of Snappy into exactly `size` bytes; undefined for anything but such a block. Snappy never makes
 * more than 64 bytes of 3, so a larger claim is refused before it is allocated.
 */
export function snappy(bytes: Uint8Array, size: number): Uint8Array | undefined {
  if (size > 22 * bytes.length + 64) return undefined
  let at = 0
  let stated = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    if (byte === undefined || shift > 28) return undefined
    stated += (byte & 127) * 2 ** shift
    if (byte < 128) break
  }
  if (stated !== size) return undefined
  const out = new Uint8Array(size)
  let filled = 0
  while (at < bytes.length) {
    const tag = bytes[at++]!
    let length: number
    let back: number
    if ((tag & 3) === 0) {
      length = tag >> 2
      if (length >= 60) {
        const width = length - 59
        length = little(bytes, at, width)
        at += width
      }
      length += 1
      if (length > bytes.length - at || length > size - filled) return undefined
      out.set(bytes.subarray(at, at + length), filled)
      at += length
      filled += length
      continue
    }
    if ((tag & 3) === 1) {
      length = ((tag >> 2) & 7) + 4
      back = ((tag >> 5) << 8) + little(bytes, at, 1)
      at += 1
    } else {
      length = (tag >> 2) + 1
      const width = (tag & 3) === 2 ? 2 : 4
      back = little(bytes, at, width)
      at += width
    }
    if (at > bytes.length || back < 1 || back > filled || length > size - filled) return undefined
    // Byte by byte: what is copied may be what was just written.
    for (const end = filled + length; filled < end; filled++) out[filled] = out[filled - back]!
  }
  return filled === size ? out : undefined
}

function little(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? 0) * 256 ** i
  return value
}
