const GRAYS = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

/** Writes bytes as numbers from 0 to 1: each divided by 255, and rounded once. */
export function unitBytes(bytes: Uint8Array, out: Float32Array, at: number): void {
  for (let j = 0; j < bytes.length; j++) out[at + j] = GRAYS[bytes[j]!]!
}
