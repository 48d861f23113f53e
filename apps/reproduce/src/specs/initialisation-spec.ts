import type { SpecOfRun } from './spec-of-run.ts'

/** Descents of the two neurons of Example 8 from every cell of a grid of first weights (w1, w2). */
export interface InitialisationGrid {
  readonly name: string
  /** The ends of both axes. */
  readonly from: number
  readonly to: number
  /** Cells along each axis; their middles are the weights, evenly spaced. */
  readonly cells: number
  /** First value of all other weights. */
  readonly others: number
  readonly learningRate: number
  /** Steps at most; a descent also ends where its training loss is negligible. */
  readonly steps: number
}

export interface InitialisationSpec extends SpecOfRun {
  readonly task: 'initialisations'
  readonly grids: readonly InitialisationGrid[]
}
