import * as entry from './generated/pixels.ts'
import { instantiate } from './instantiate.ts'

/** Bytes that are converted at a time: with their numbers they stay in a second-level cache. */
const blockBytes = 2 ** 15

interface Converter {
  /** Room for {@link blockBytes} and 16 more. */
  readonly bytes: Uint8Array
  /** The numbers of the first `count` bytes, until the next call. */
  convert(count: number): Float32Array
}

/**
 * Rows of bytes as numbers from 0 to 1, as pixels are given to a network: out[r·size + j] = inputs[rows[r]·size + j] / 255,
 * rounded once to float32.
 *
 * Shapes: inputs [n × size], rows [m] each below n; the result [m × size]. Nothing is checked.
 *
 * @example
 * unitRows(Uint8Array.of(0, 255, 51, 102), [1], 2) // Float32Array [0.2, 0.4]
 */
export function unitRows(inputs: Uint8Array, rows: ArrayLike<number>, size: number): Float32Array {
  const out = new Float32Array(rows.length * size)
  if (size > blockBytes) {
    for (let r = 0; r < rows.length; r++) unitBytes(row(r), out, r * size)
    return out
  }
  const { bytes, convert } = converter()
  const together = Math.floor(blockBytes / Math.max(1, size))
  for (let r = 0; r < rows.length; r += together) {
    const end = Math.min(r + together, rows.length)
    for (let i = r; i < end; i++) bytes.set(row(i), (i - r) * size)
    out.set(convert((end - r) * size), r * size)
  }
  return out

  function row(r: number): Uint8Array {
    return inputs.subarray(rows[r]! * size, (rows[r]! + 1) * size)
  }
}

/** Bytes as numbers from 0 to 1, each divided by 255 and rounded once, into `out` from place `at` on. */
export function unitBytes(inputs: Uint8Array, out: Float32Array, at: number): void {
  const { bytes, convert } = converter()
  for (let done = 0; done < inputs.length; done += blockBytes) {
    const block = inputs.subarray(done, done + blockBytes)
    bytes.set(block)
    out.set(convert(block.length), at + done)
  }
}

let made: Converter | undefined

function converter(): Converter {
  made ??= makeConverter()
  return made
}

function makeConverter(): Converter {
  const to = blockBytes + 64
  const memory = new WebAssembly.Memory({ initial: Math.ceil((to + 4 * blockBytes + 64) / 2 ** 16) })
  const kernels = instantiate<{ unitBytes(from: number, count: number, to: number): void }>(entry, memory)
  const numbers = new Float32Array(memory.buffer, to)
  return {
    bytes: new Uint8Array(memory.buffer, 0, to),
    convert(count) {
      kernels.unitBytes(0, count, to)
      return numbers.subarray(0, count)
    },
  }
}
