/** Something to time. `run` does it once; `tookMs` says how long it took where the work is done elsewhere. */
export interface Case {
  readonly name: string
  run(repetition: number): Promise<number | void>
}

/** Times of one case, in milliseconds, repetition by repetition. */
export interface Timing {
  readonly name: string
  readonly times: readonly number[]
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
 * Each round starts with another case. Two rounds go unmeasured; then as many follow as fit into `budgetMs`, at least
 * `least`, at most `most`.
 */
export async function measureInterleaved(
  cases: readonly Case[],
  { budgetMs, least, most, before }: InterleavedOptions,
): Promise<readonly Timing[]> {
  const times: number[][] = cases.map(() => [])
  const started = performance.now()
  for (let round = -2; round < most; round++) {
    if (round >= least && performance.now() - started > budgetMs) break
    for (let i = 0; i < cases.length; i++) {
      const turn = (i + Math.abs(round)) % cases.length
      before()
      const from = performance.now()
      const told = await cases[turn]!.run(Math.abs(round))
      const took = told ?? performance.now() - from
      if (round >= 0) times[turn]!.push(took)
    }
  }
  return cases.map(({ name }, i) => ({ name, times: times[i]! }))
}
