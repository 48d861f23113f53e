import type { Timing } from './measure-interleaved.ts'

/** One line of the table: a case's times, alone and against the case that it is compared with. */
export interface Comparison {
  readonly name: string
  readonly repetitions: number
  /** Median time. */
  readonly ms: number
  /** Shortest time: what the machine does when nobody else uses it. */
  readonly fastest: number
  readonly against: string
  /** Median of the paired ratios, with the quartiles. */
  readonly ratio: number
  readonly quartiles: readonly [number, number]
  readonly goal: string
}

/** Compares a timing with another, repetition by repetition. */
export function compare(timing: Timing, base: Timing, goal = ''): Comparison {
  const ratios = timing.times.map((time, r) => time / base.times[r]!)
  return {
    name: timing.name,
    repetitions: timing.times.length,
    ms: quantile(timing.times, 0.5),
    fastest: quantile(timing.times, 0),
    against: base.name,
    ratio: quantile(ratios, 0.5),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    goal,
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = sorted[Math.floor(at)]!
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
}
