import type { NoiseSpec } from '../run-spec.ts'
import type { NetworkSpec } from './network-spec.ts'
import type { SpecOfRun } from './spec-of-run.ts'

/** Trainings in lockstep on sets that differ in one example, and what each inequality of Theorem 1's proof makes of them. */
export interface TwinsSpec extends SpecOfRun {
  readonly task: 'twins'
  readonly engine: string
  readonly data: {
    readonly dataset: string
    /** m: examples that are trained on. */
    readonly train: number
    /** Fresh examples, with noise of the same kind, that the gap is measured on. */
    readonly fresh: number
    /** Independent from example to example, so that a replacement is a draw from the same distribution. */
    readonly noise: NoiseSpec
  }
  readonly model: NetworkSpec
  readonly training: {
    readonly steps: number
    readonly batchSize: number
    readonly learningRate: number
  }
  /** K: examples that are replaced, one for each twin. */
  readonly twins: number
  /** Steps between two measurements along the way. */
  readonly every: number
}
