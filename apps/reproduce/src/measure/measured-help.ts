import { helpTable, type GradientStatistic } from '@coherent-gradients/coherence'

/** Which populations help which. */
export interface MeasuredHelp {
  readonly populations: readonly string[]
  /** [a][b] E[g·g′], g of an example of a, g′ of another of b; null where a is b and has one example. Symmetric. */
  readonly dots: readonly (readonly (number | null)[])[]
}

/** What the sums of all populations together may take. */
const MOST_BYTES = 512 * 2 ** 20

/** The mean dot product of two different examples' gradients, population by population. */
export function helpOf(statistics: ReadonlyMap<string, GradientStatistic>): MeasuredHelp {
  const { populations, dots, distinctDots } = helpTable(Object.fromEntries(statistics))
  return { populations, dots: dots.map((row, a) => row.map((dot, b) => (a === b ? distinctDots[a]! : dot))) }
}

/** Whether the sums of so many populations of so many parameters may be held at once. */
export function helpFits(populations: number, parameters: number): boolean {
  return populations * parameters * 8 <= MOST_BYTES
}
