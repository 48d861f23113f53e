import type { DropoutMasks } from './rules/keyed-dropout.ts'

/** How gradients of micro-batches are made. */
export interface MicroBatchOptions {
  /**
   * By which statistics BatchNormalization layers go.
   *
   * - `inference` (the default): the moving statistics. Rows are means of the examples' own gradients.
   * - `training`: each group's own mean and variance, through which its gradient goes as well. The moving statistics are
   *   read nowhere and stay as they are, to the bit. In a group of one, whose variance over a dense layer's outputs is 0,
   *   normalised values are 0 and so are the gradients below.
   */
  readonly batchNormalization?: 'inference' | 'training'
  /**
   * Whether the moving statistics follow those of the groups, one after another, as they do when a network is trained. Only
   * with `training`; off unless told, since measuring changes nothing.
   */
  readonly moveStatistics?: boolean
  /** Masks for Dropout layers, each example's its own whichever group it is in; off where it is left out. */
  readonly dropout?: DropoutMasks
}
