/**
 * Decodes Parquet's hybrid of runs and packed bits into `count` numbers of `width` bits; undefined where the bytes end
 * before. A run never makes more than was asked for.
 */
export function readHybrid(bytes: Uint8Array, width: number, count: number): Uint32Array | undefined {
  const out = new Uint32Array(count)
  if (width === 0) return out
  const runBytes = Math.ceil(width / 8)
  let at = 0
  for (let filled = 0; filled < count;) {
    let header = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 28) return undefined
      header += (byte & 127) * 2 ** shift
      if (byte < 128) break
    }
    const length = Math.floor(header / 2)
    if (header % 2 === 0) {
      if (at + runBytes > bytes.length || length === 0) return undefined
      let value = 0
      for (let i = 0; i < runBytes; i++) value += bytes[at + i]! * 256 ** i
      at += runBytes
      const end = Math.min(count, filled + length)
      out.fill(value, filled, end)
      filled = end
      continue
    }
    const end = Math.min(count, filled + 8 * length)
    if (length === 0 || at + Math.ceil(((end - filled) * width) / 8) > bytes.length) return undefined
    for (let bit = at * 8; filled < end; filled++, bit += width) {
      let value = 0
      for (let i = 0; i < width; i++) value += ((bytes[(bit + i) >>> 3]! >> ((bit + i) & 7)) & 1) * 2 ** i
      out[filled] = value
    }
    at += length * width
  }
  return out
}
