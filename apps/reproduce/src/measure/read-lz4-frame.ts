/** 2 GiB: more than one buffer of a file of gradients is. */
const MOST_BYTES = 2 ** 31

/**
 * The bytes in an LZ4 frame. Checksums are passed over, as a torn frame is told by its lengths.
 *
 * @throws RangeError where the frame is torn, of another version, or asks for a dictionary.
 * @see the LZ4 frame and block formats: a header, blocks of literals and of matches in what was read before, an end mark.
 */
export function readLz4Frame(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [flags, sizes] = [bytes[4] ?? 0, bytes[5] ?? 0]
  if (bytes.length < 11 || view.getUint32(0, true) !== 0x184d2204 || flags >> 6 !== 1 || (flags & 1) === 1) {
    throw new RangeError('required an LZ4 frame of version 1 without a dictionary')
  }
  const blockChecksum = (flags & 16) === 0 ? 0 : 4
  const largestBlock = 2 ** (8 + 2 * ((sizes >> 4) & 7))
  const output = new Output()
  let at = (flags & 8) === 0 ? 7 : 15
  for (;;) {
    if (at + 4 > bytes.length) throw new RangeError('required an end mark, found a torn frame')
    const head = view.getUint32(at, true)
    at += 4
    if (head === 0) return output.bytes()
    const length = head & 0x7fffffff
    const block = bytes.subarray(at, at + length)
    if (block.length < length) throw new RangeError('required a whole block, found a torn one')
    const from = output.length
    if (head > 0x7fffffff) output.append(block)
    else decodeBlock(block, output)
    if (output.length - from > largestBlock) throw new RangeError('found a block beyond the size that its frame says')
    at += length + blockChecksum
  }
}

function decodeBlock(block: Uint8Array, output: Output): void {
  let at = 0
  const byte = (): number => {
    if (at >= block.length) throw new RangeError('required a whole block, found a torn one')
    return block[at++]!
  }
  const longer = (length: number): number => {
    if (length < 15) return length
    let total = length
    for (let more = 255; more === 255; total += more) more = byte()
    return total
  }
  while (at < block.length) {
    const token = byte()
    const literals = longer(token >> 4)
    if (at + literals > block.length) throw new RangeError('required a whole block, found a torn one')
    output.append(block.subarray(at, at + literals))
    at += literals
    // The last sequence has literals alone.
    if (at === block.length) return
    const back = byte() + 256 * byte()
    output.repeat(back, longer(token & 15) + 4)
  }
}

/** Bytes that grow. */
class Output {
  #bytes = new Uint8Array(2 ** 16)
  length = 0

  append(more: Uint8Array): void {
    this.#reserve(more.length)
    this.#bytes.set(more, this.length)
    this.length += more.length
  }

  /** Appends what begins `back` bytes before the end; it may overlap what it makes. */
  repeat(back: number, length: number): void {
    if (back < 1 || back > this.length) throw new RangeError('found a match before the first byte')
    this.#reserve(length)
    if (back >= length) this.#bytes.copyWithin(this.length, this.length - back, this.length - back + length)
    else for (let i = this.length; i < this.length + length; i++) this.#bytes[i] = this.#bytes[i - back]!
    this.length += length
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  #reserve(more: number): void {
    const needed = this.length + more
    if (needed > MOST_BYTES) throw new RangeError(`required at most ${MOST_BYTES} bytes`)
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.min(MOST_BYTES, Math.max(needed, 2 * this.#bytes.length)))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
