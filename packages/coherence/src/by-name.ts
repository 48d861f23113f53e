import type { BlockSelector } from './gradient-statistic.ts'

/**
 * Chooses the named weights.
 *
 * @example
 * alpha(statistic, byName('dense_1/kernel'))
 */
export function byName(...names: readonly string[]): BlockSelector {
  return (block) => names.includes(block.name)
}
