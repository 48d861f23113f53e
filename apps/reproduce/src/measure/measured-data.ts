import type { Split } from '@coherent-gradients/core'
import type { Targets } from '@coherent-gradients/datasets'

/** The examples to measure on, and what is known of them besides. */
export interface MeasuredData {
  readonly split: Split
  /** The same examples without inputs. */
  readonly labels: Split
  /** What the labels stand for where they are the numbers of rows to be fitted, not classes. */
  readonly targets?: Targets
  /** C, where labels were given as one-hot rows [examples, C]. */
  readonly columns?: number
  /** The type of inputs that are whole numbers and no bytes, and are taken as they are: `int64`. */
  readonly wholeInputs?: string
  /** Pictures that were left out because they can't be decoded, a line each. */
  readonly leftOut?: readonly string[]
  /** The classes' names, in the order of the labels, where they have any. */
  readonly classNames?: readonly string[]
}
