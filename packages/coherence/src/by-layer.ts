import type { BlockSelector } from './gradient-statistic.ts'

/**
 * Chooses the weights of the named layers.
 *
 * @example
 * alpha(statistic, byLayer('dense_1'))
 */
export function byLayer(...layers: readonly string[]): BlockSelector {
  return (block) => layers.includes(block.layer)
}
