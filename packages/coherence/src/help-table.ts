import { byName } from './by-name.ts'
import type { BlockSelector, GradientStatistic } from './gradient-statistic.ts'
import { meanPairwiseDot } from './mean-pairwise-dot.ts'

/** Who helps whom. Index legend: a, b of the populations, in the order of `populations`. */
export interface HelpTable {
  readonly populations: readonly string[]
  /** [a][b] E[g·g′] of g from a and g′ from b, drawn independently: ḡₐ·ḡ_b. Symmetric; the diagonal counts i = j. */
  readonly dots: readonly (readonly number[])[]
  /** [a] E[g·g′] of two different examples of a, to compare with the others of its row; null where a has one example. */
  readonly distinctDots: readonly (number | null)[]
}

/**
 * How much populations (classes, say) help one another: the mean dot product of their examples' gradients.
 *
 *   dots[a][b] = E[g·g′], g from a, g′ from b = ḡₐ·ḡ_b
 *
 * A step −η·ḡ_b lowers a's mean loss by about η·dots[a][b]; where it is negative, b's step hurts a. With shares
 * wₐ = mₐ/m, Σₐ Σ_b wₐ w_b dots[a][b] is ‖ḡ‖² of them all, the numerator of α. The diagonal has an example's help to
 * itself in it, and so is too high for a small population: `distinctDots` leaves it out.
 *
 * Scale: of each example's own gradient, never divided by m. From the populations' Σg alone: c² products of p numbers
 * for c populations, never the pairs.
 *
 * @param populations statistics of the same weights, by the population's name.
 * @throws RangeError when a population is empty, when they don't have the same weights, or `select` chooses none.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (1), and §8.
 *
 * @example
 * helpTable({ cats: statisticOfRows([[1, 0]]), dogs: statisticOfRows([[1, 1]]) }).dots // [[1, 1], [1, 2]]
 */
export function helpTable(
  populations: Readonly<Record<string, GradientStatistic>>,
  select: BlockSelector = () => true,
): HelpTable {
  const entries = Object.entries(populations)
  for (const [name, { m }] of entries) {
    if (m < 1) throw new RangeError(`helpTable: required m ≥ 1 in every population, found ${m} in ${name}`)
  }
  const dots = entries.map(([a, left]) => entries.map(([b, right]) => dotOfMeans([a, left], [b, right], select)))
  return {
    populations: entries.map(([name]) => name),
    dots,
    distinctDots: entries.map(([, statistic]) => meanPairwiseDot(statistic, select)),
  }
}

type Population = readonly [name: string, statistic: GradientStatistic]

function dotOfMeans([a, left]: Population, [b, right]: Population, select: BlockSelector): number {
  if (left.blocks.length !== right.blocks.length) {
    throw new RangeError(
      `helpTable: required the same weights, found ${left.blocks.length} in ${a} and ${right.blocks.length} in ${b}`,
    )
  }
  let dot = 0
  for (const block of left.blocks.filter(select)) {
    const other = right.blocks.find(byName(block.name))
    if (other?.sum.length !== block.sum.length) {
      const found = other === undefined ? 'none' : `${other.sum.length} elements`
      throw new RangeError(
        `helpTable: required ${block.sum.length} elements of ${block.name} as in ${a}, found ${found} in ${b}`,
      )
    }
    for (let j = 0; j < block.sum.length; j++) dot += block.sum[j]! * other.sum[j]!
  }
  return dot / (left.m * right.m)
}
