/**
 * Writes bytes as numbers from 0 to 1: each divided by 255, and rounded once. Four bytes are read, and twice two numbers
 * written, at a time where they lie so in memory: half of what a division each takes.
 */
export function unitBytes(bytes: Uint8Array, out: Float32Array, at: number): void {
  const n = bytes.length
  let done = 0
  if (bytes.byteOffset % 4 === 0 && (out.byteOffset + 4 * at) % 8 === 0 && LITTLE_ENDIAN) {
    const fours = new Uint32Array(bytes.buffer, bytes.byteOffset, n >>> 2)
    const twos = new Float64Array(out.buffer, out.byteOffset + 4 * at, 2 * fours.length)
    convert(fours, 0, fours.length, twos, 0)
    done = 4 * fours.length
  }
  for (let i = done; i < n; i++) out[at + i] = bytes[i]! / 255
}

/**
 * Rows of bytes as numbers from 0 to 1: {@link unitBytes} of each, at once.
 *
 * @param inputs [n × size]
 * @returns [rows × size]
 */
export function unitRows(inputs: Uint8Array, rows: Uint32Array, size: number): Float32Array {
  const out = new Float32Array(rows.length * size)
  if (size % 4 !== 0 || inputs.byteOffset % 4 !== 0 || !LITTLE_ENDIAN) {
    rows.forEach((row, i) => unitBytes(inputs.subarray(row * size, (row + 1) * size), out, i * size))
    return out
  }
  const fours = new Uint32Array(inputs.buffer, inputs.byteOffset, inputs.length >>> 2)
  const twos = new Float64Array(out.buffer)
  const width = size / 4
  for (let i = 0; i < rows.length; i++) convert(fours, rows[i]! * width, width, twos, 2 * i * width)
  return out
}

function convert(fours: Uint32Array, from: number, count: number, twos: Float64Array, at: number): void {
  for (let i = 0; i < count; i++) {
    const four = fours[from + i]!
    twos[at + 2 * i] = PAIRS[four & 0xffff]!
    twos[at + 2 * i + 1] = PAIRS[four >>> 16]!
  }
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Both numbers of any two bytes, side by side. No two of them make a NaN, whose bits a copy might change. */
const PAIRS = pairs()

function pairs(): Float64Array {
  const numbers = new Float32Array(2 ** 17)
  for (let two = 0; two < 2 ** 16; two++) {
    numbers[2 * two] = (two & 255) / 255
    numbers[2 * two + 1] = (two >>> 8) / 255
  }
  return new Float64Array(numbers.buffer)
}
