import type { Split } from '@coherent-gradients/core'
import { rowIndex } from './row-index.ts'
import { tellingLabelsOf } from './read-labels.ts'

/**
 * Some of a split's examples. Ids stay what they were, and so do noise and labels; the order is the split's own.
 *
 * @throws RangeError when an id is not in the split or appears twice.
 *
 * @example
 * const zeros = subset(train, idsOfZeros)
 */
export function subset(split: Split, ids: ArrayLike<number>, name = `${split.name}[${ids.length}]`): Split {
  rowIndex(split.name, split.ids).rows(ids)
  const wanted = rowIndex(name, Uint32Array.from(ids))
  const kept = split.ids.filter((id) => wanted.has(id))
  const index = rowIndex(name, kept)
  const part: Split = {
    name,
    ids: kept,
    inputShape: split.inputShape,
    classes: split.classes,
    async read(asked) {
      index.rows(asked)
      return split.read(asked)
    },
  }
  return tellingLabelsOf(part, split, (labels) => {
    index.rows(labels.ids)
    return labels
  })
}
