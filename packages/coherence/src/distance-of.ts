import type { ReadGram } from './gram.ts'

/** ‖gᵢ − gⱼ‖; what rounding takes below 0 before the square root is cut off. */
export function distanceOf({ m, data }: ReadGram, i: number, j: number): number {
  return Math.sqrt(Math.max(0, data[i * m + i]! + data[j * m + j]! - 2 * data[i * m + j]!))
}
