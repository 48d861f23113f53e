import type { Key } from './key.ts'

/**
 * Threefry-4x32 with 20 rounds: 128 bits of counter to 128 bits of output, a bijection for each key.
 *
 * Only 32-bit additions, rotations and exclusive ors, so every JavaScript engine gives the same bits. The four words
 * are written to `out[at … at + 3]`. Nothing is allocated.
 *
 * @see Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function threefry(
  key: Key,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array<ArrayBuffer>,
  at: number,
): void {
  let k0 = key[0] | 0
  let k1 = key[1] | 0
  let k2 = key[2] | 0
  let k3 = key[3] | 0
  let k4 = 0x1bd11bda ^ k0 ^ k1 ^ k2 ^ k3
  let x0 = (c0 + k0) | 0
  let x1 = (c1 + k1) | 0
  let x2 = (c2 + k2) | 0
  let x3 = (c3 + k3) | 0
  for (let injection = 1; ; injection++) {
    if ((injection & 1) === 1) {
      x0 = (x0 + x1) | 0
      x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0
      x2 = (x2 + x3) | 0
      x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2
      x0 = (x0 + x3) | 0
      x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0
      x2 = (x2 + x1) | 0
      x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2
      x0 = (x0 + x1) | 0
      x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
      x2 = (x2 + x3) | 0
      x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2
      x0 = (x0 + x3) | 0
      x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0
      x2 = (x2 + x1) | 0
      x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2
    } else {
      x0 = (x0 + x1) | 0
      x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
      x2 = (x2 + x3) | 0
      x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2
      x0 = (x0 + x3) | 0
      x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0
      x2 = (x2 + x1) | 0
      x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2
      x0 = (x0 + x1) | 0
      x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0
      x2 = (x2 + x3) | 0
      x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2
      x0 = (x0 + x3) | 0
      x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0
      x2 = (x2 + x1) | 0
      x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2
    }
    const first = k0
    k0 = k1
    k1 = k2
    k2 = k3
    k3 = k4
    k4 = first
    x0 = (x0 + k0) | 0
    x1 = (x1 + k1) | 0
    x2 = (x2 + k2) | 0
    x3 = (x3 + k3 + injection) | 0
    if (injection === 5) break
  }
  out[at] = x0
  out[at + 1] = x1
  out[at + 2] = x2
  out[at + 3] = x3
}
