import type { Failure } from '@coherent-gradients/core'

/** A label that is none of the model's. */
export type LabelOutOfRange = Failure<'LabelOutOfRange', { id: number }>

/** @param classes labels go from 0 to one less than this. */
export function labelOutOfRange(id: number, label: number, classes: number): LabelOutOfRange {
  // What was read as float32 shows digits that nobody wrote.
  const short = Number(label.toPrecision(7))
  const message = `example ${id} has the label ${short}, and the model's outputs stand for 0 to ${classes - 1}`
  return { _tag: 'LabelOutOfRange', message, id }
}
