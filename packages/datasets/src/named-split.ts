import type { Split } from '@coherent-gradients/core'

/** A split whose classes have names. */
export interface NamedSplit extends Split {
  /** [classes] in the order of the labels. */
  readonly classNames: readonly string[]
  /** [classes] the classes' own ids where they have any beside their names: ImageNet's WordNet ids. */
  readonly classIds?: readonly string[]
}
