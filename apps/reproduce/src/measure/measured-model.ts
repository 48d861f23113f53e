import type { LossName } from './loss-of-model.ts'
import type { MeasuredSplit } from './measure-split.ts'

/** All that `measure` found out. */
export interface MeasuredModel extends MeasuredSplit {
  readonly model: string
  /** The examples, as splits are named: `mnist/train[0:1000]`. */
  readonly data: string
  readonly engine: string
  readonly lossName: LossName
  readonly because: string
  readonly parameters: { readonly measured: number; readonly total: number }
  /** The same with the labels shuffled among the examples: what labels without meaning give. */
  readonly shuffled: MeasuredSplit
}
