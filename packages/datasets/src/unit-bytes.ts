/** Writes bytes as numbers from 0 to 1: each divided by 255, and rounded once. */
export function unitBytes(bytes: Uint8Array, out: Float32Array, at: number): void {
  const n = bytes.length
  for (let j = 0; j < n; j++) out[at + j] = bytes[j]! / 255
}
