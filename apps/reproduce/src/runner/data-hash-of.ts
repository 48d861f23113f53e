import type { Split } from '@coherent-gradients/core'
import { contentHash } from '@coherent-gradients/datasets'

/** What a run was trained or tested on, told by its content. */
export interface DataHash {
  readonly name: string
  readonly examples: number
  /** `labels` where inputs are too many to go through them before training: ids, labels and marks alone. */
  readonly hashed: 'examples' | 'labels'
  readonly sha256: string
  /** Pictures that are not there because they could not be decoded, a line each; absent where there are none. */
  readonly leftOut?: readonly string[]
}

/** Numbers that are hashed in a few seconds; pictures by the hundred thousand are not. */
const MOST_NUMBERS = 2 ** 29

/** The hash of a split's examples as they are trained on, with subsets taken and noise put on. */
export async function dataHashOf(split: Split, leftOut: readonly string[] = []): Promise<DataHash> {
  const numbers = split.ids.length * split.inputShape.reduce((product, side) => product * side, 1)
  const inputs = numbers <= MOST_NUMBERS
  return {
    name: split.name,
    examples: split.ids.length,
    hashed: inputs ? 'examples' : 'labels',
    sha256: await contentHash(split, { inputs }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  }
}
