import type { BatchNorm } from './batch-norm.ts'
import type { LossName } from './loss-of-model.ts'
import type { MeasuredPopulation } from './measure-classes.ts'
import type { MeasuredHelp } from './measured-help.ts'
import type { MeasuredSplit } from './scopes-of.ts'

/** What `measure --model` found out. */
export interface MeasuredModel extends MeasuredSplit {
  readonly model: string
  /** The examples, as splits are named: `mnist/train[0:1000]`. */
  readonly data: string
  /** The classes' names, in the order of the labels, where they have any. */
  readonly classNames?: readonly string[]
  /** The type of inputs that are whole numbers and no bytes: none of them was divided by 255. */
  readonly wholeInputs?: string
  /** Pictures that were left out because they can't be decoded, a line each. */
  readonly leftOut?: readonly string[]
  readonly engine: string
  readonly lossName: LossName
  readonly because: string
  /** What batch normalisation went by, where not by its moving statistics. */
  readonly batchNorm?: BatchNorm
  readonly parameters: { readonly measured: number; readonly total: number }
  /** The same with the labels shuffled among the examples: what labels without meaning give. */
  readonly shuffled: MeasuredSplit
  /** Each class apart, all in equal number, where that was asked for. */
  readonly populations?: readonly MeasuredPopulation[]
  /** Which classes help which; null where it would have taken too much memory. */
  readonly help?: MeasuredHelp | null
}
