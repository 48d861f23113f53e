import type { GradientStatistic } from './gradient-statistic.ts'
import { monoid } from './monoid.ts'

/** A statistic that grows. */
export interface StatisticSum {
  /** Adds the statistic of further examples. Throws a RangeError when it isn't of the same weights. */
  add(statistic: GradientStatistic): void
  /** The sum so far, in arrays of its own; empty where nothing was added. */
  total(): GradientStatistic
}

/**
 * Adds statistics in place, from left to right in float64: byte for byte what {@link monoid}'s `concat` gives, in the
 * memory of one gradient however many are added.
 *
 * @example
 * const sum = statisticSum()
 * for (const batch of batches) sum.add(await statisticOf(batch))
 * mCoherence(sum.total())
 */
export function statisticSum(): StatisticSum {
  let count = 0
  let blocks: { name: string; layer: string; sumOfSquaredNorms: number; sum: Float64Array }[] | undefined
  return {
    add(statistic) {
      if (statistic.count === 0 && statistic.blocks.length === 0) return
      if (blocks === undefined) {
        blocks = statistic.blocks.map((block) => ({ ...block, sum: block.sum.slice() }))
      } else if (isLike(blocks, statistic.blocks)) {
        blocks.forEach((block, b) => {
          const { sumOfSquaredNorms, sum } = statistic.blocks[b]!
          block.sumOfSquaredNorms += sumOfSquaredNorms
          for (let j = 0; j < sum.length; j++) block.sum[j]! += sum[j]!
        })
      } else {
        // In another order, or not of the same weights: concat knows which, and what to say.
        blocks = [...monoid.concat({ count, blocks }, statistic).blocks]
      }
      count += statistic.count
    },
    total() {
      return blocks === undefined
        ? monoid.empty
        : { count, blocks: blocks.map((block) => ({ ...block, sum: block.sum.slice() })) }
    },
  }
}

interface Like {
  readonly name: string
  readonly sum: Float64Array
}

function isLike(blocks: readonly Like[], others: readonly Like[]): boolean {
  return (
    blocks.length === others.length &&
    blocks.every(({ name, sum }, b) => others[b]!.name === name && others[b]!.sum.length === sum.length)
  )
}
