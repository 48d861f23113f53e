import { derive, keyOf, permutation } from '@coherent-gradients/core'

/** How long something took, in milliseconds. */
export interface Took {
  readonly wall: number
  /** Of all the process's threads: what else runs on the machine adds little to it. */
  readonly cpu: number
}

/** Something to time. */
export interface Case {
  readonly name: string
  /** Does it once. Gives how long that took where it is done, and timed, elsewhere. */
  run(repetition: number): Promise<Took | void>
}

/** Times of one case, repetition by repetition. */
export interface Timing {
  readonly name: string
  readonly took: readonly Took[]
}

export interface InterleavedOptions {
  readonly budgetMs: number
  readonly least: number
  readonly most: number
  /** Done before each timed run, and not timed. */
  readonly before: () => void
}

/**
 * Times cases in turn, again and again, so that whatever else the machine does falls on all of them alike. Repetition r
 * of one case is paired with repetition r of another: their ratio is what to look at.
 *
 * Each round has an order of its own, so that no case always finds the caches as one other left them. Two rounds go
 * unmeasured; then as many follow as fit into `budgetMs`, at least
 * `least`, at most `most`.
 */
export async function measureInterleaved(
  cases: readonly Case[],
  { budgetMs, least, most, before }: InterleavedOptions,
): Promise<readonly Timing[]> {
  const took: Took[][] = cases.map(() => [])
  const order = keyOf('order of the cases')
  const started = performance.now()
  for (let round = -2; round < most; round++) {
    if (round >= least && performance.now() - started > budgetMs) break
    for (const turn of permutation(derive(order, Math.abs(round)), cases.length)) {
      before()
      const stop = startWatch()
      const told = await cases[turn]!.run(Math.abs(round))
      const here = stop()
      if (round >= 0) took[turn]!.push(told ?? here)
    }
  }
  return cases.map(({ name }, i) => ({ name, took: took[i]! }))
}

/** Starts a watch; calling what it gives stops it. */
export function startWatch(): () => Took {
  const wall = performance.now()
  const cpu = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { wall: performance.now() - wall, cpu: (user + system) / 1000 }
  }
}
