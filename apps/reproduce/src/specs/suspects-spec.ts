import type { NoiseSpec } from '../run-spec.ts'
import type { SpecOfRun } from './spec-of-run.ts'

/** Examples whose labels are known to be right or wrong, ranked by how doubtful they look. */
export interface SuspectsSpec extends SpecOfRun {
  readonly task: 'suspects'
  readonly engine: string
  readonly data: {
    readonly dataset: string
    /** Number of examples, drawn by the seed. */
    readonly examples: number
    readonly noise: NoiseSpec
  }
  readonly scoring: {
    readonly network: {
      readonly hidden: readonly number[]
      readonly batchSize: number
      readonly learningRate: number
    }
    readonly epochs: number
    readonly folds: number
  }
}
