import type { BlockStatistic, GradientStatistic } from './gradient-statistic.ts'
import { monoid } from './monoid.ts'

/** A statistic that grows. */
export interface StatisticSum {
  /** Adds the statistic of further examples. Throws a RangeError when it isn't of the same weights. */
  add(statistic: GradientStatistic): void
  /** The sum so far, which further adding leaves as it is; empty where nothing was added. */
  total(): GradientStatistic
}

/**
 * Adds statistics in place, from left to right in float64: byte for byte what {@link monoid}'s `concat` gives, in the
 * memory of one gradient however many are added. What is added must stay as it is until the next is.
 *
 * @example
 * const sum = statisticSum()
 * for (const batch of batches) sum.add(await statisticOf(batch))
 * mCoherence(sum.total())
 */
export function statisticSum(): StatisticSum {
  let sum: GradientStatistic = monoid.empty
  // Arrays of somebody else's are copied before they are written to, and not before.
  let own = false
  return {
    add(statistic) {
      if (own && isLike(sum.blocks, statistic.blocks)) {
        sum = {
          m: sum.m + statistic.m,
          blocks: sum.blocks.map((block, b) => added(block, statistic.blocks[b]!)),
        }
      } else {
        // The first copies; others, in another order or not of the same weights, are concat's to match or to refuse.
        own = sum.m > 0 && statistic.m > 0
        sum = monoid.concat(sum, statistic)
      }
    },
    total() {
      own = false
      return sum
    },
  }
}

/** In place. */
function added(block: BlockStatistic, { sumOfSquaredNorms, sum }: BlockStatistic): BlockStatistic {
  for (let j = 0; j < sum.length; j++) block.sum[j]! += sum[j]!
  return { ...block, sumOfSquaredNorms: block.sumOfSquaredNorms + sumOfSquaredNorms }
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
