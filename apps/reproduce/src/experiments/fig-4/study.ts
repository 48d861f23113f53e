import type { RunResult } from '../../run-result.ts'

/** A winsorization against noise, in words: what Figure 4's drawings and verdicts say of it. */
export interface Study {
  /** Of the figure of the grid, and of that of the two kinds of example apart. */
  readonly ids: readonly [grid: string, apart: string]
  readonly titles: readonly [grid: string, apart: string]
  /** What noise has left alone and what it hasn't, in the plural: `right labels`, `wrong labels`. */
  readonly pristine: string
  readonly corrupt: string
  /** What a training set at 100% noise is called: `random labels`. */
  readonly random: string
  /** What c = 0 is: `plain SGD`. */
  readonly plain: string
  /** What the percentiles are taken over: `a batch`. */
  readonly over: string
  /** What the columns are, and what the test set is, in a sentence. */
  readonly columns: string
  /** The level of the dashed line, in symbols with what it means. */
  readonly dashed: string
  /** What the paper's setting is, in a sentence. */
  readonly paper: string
  /** Whether a run is in the paper's setting, so that nothing stands in for anything. */
  readonly isPapersOwn: (run: RunResult) => boolean
}
