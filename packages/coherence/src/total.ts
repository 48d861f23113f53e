import type { BlockNorms, BlockSelector, BlockStatistic, Measurable } from './gradient-statistic.ts'
import { squaredNorm } from './squared-norm.ts'

/** What α needs of the chosen blocks, taken together as one vector. */
export interface Total {
  /** ‖Σᵢ gᵢ‖². */
  readonly squaredNormOfSum: number
  /** Σᵢ ‖gᵢ‖². */
  readonly sumOfSquaredNorms: number
}

/**
 * Adds up ‖Σg‖² and Σ‖g‖² over the chosen blocks (all, unless said), in their order.
 *
 * @throws RangeError when there are no examples (required m ≥ 1, found 0), or when no block is chosen: the error lists
 *   those that there are.
 */
export function total(statistic: Measurable, select: BlockSelector = () => true): Total {
  if (statistic.m < 1) throw new RangeError(`coherence: required m ≥ 1, found ${statistic.m}`)
  const blocks: readonly (BlockStatistic | BlockNorms)[] = statistic.blocks
  const chosen = blocks.filter(select)
  if (chosen.length === 0) {
    const names = blocks.map((block) => block.name).join(', ')
    throw new RangeError(`coherence: required at least one weight, found none selected of [${names}]`)
  }
  let squaredNormOfSum = 0
  let sumOfSquaredNorms = 0
  for (const block of chosen) {
    squaredNormOfSum += 'sum' in block ? squaredNorm(block.sum) : block.squaredNormOfSum
    sumOfSquaredNorms += block.sumOfSquaredNorms
  }
  return { squaredNormOfSum, sumOfSquaredNorms }
}
