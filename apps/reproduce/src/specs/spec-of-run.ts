/** What every run's spec says. */
export interface SpecOfRun {
  /** What kind of work the run is, see `runner/tasks`; absent where a network is trained. */
  readonly task?: string
  readonly experiment: string
  /** What tells this run from its siblings in the figure: `real`, `random`, `c=8 noise=50%`. */
  readonly arm: string
  readonly seed: number
  /** Absent where no tensor is computed, so that the engine makes no difference. */
  readonly engine?: string
}
