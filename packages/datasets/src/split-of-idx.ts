import type { Failure, Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { Idx } from './idx.ts'
import { splitOf } from './split-of.ts'

/** Two IDX arrays are whole, and don't make a split together. */
export type IdxMismatch = Failure<'IdxMismatch', { split: string; required: string; found: string }>

export interface IdxSplitShape {
  readonly name: string
  readonly classes: number
  /** `[height × width]` where absent. */
  readonly inputShape?: readonly number[]
}

/** Images and labels, parsed, as a split. */
export function splitOfIdx(images: Idx, labels: Idx, options: IdxSplitShape): E.Either<IdxMismatch, Split> {
  const { name, classes } = options
  const fail = (required: string, found: string): E.Either<IdxMismatch, Split> =>
    E.left({
      _tag: 'IdxMismatch',
      message: `${name}: required ${required}, found ${found}`,
      split: name,
      required,
      found,
    })
  const [n, ...imageShape] = images.shape as [number, ...number[]]
  const size = imageShape.reduce((product, length) => product * length, 1)
  const inputShape = options.inputShape ?? [size]
  if (inputShape.reduce((product, length) => product * length, 1) !== size) {
    return fail(`inputs of shape [${inputShape.join(', ')}]`, `images of shape [${imageShape.join(', ')}]`)
  }
  if (labels.shape.length !== 1 || labels.data.length !== n) {
    return fail(`a label for each of ${n} images`, `labels of shape [${labels.shape.join(', ')}]`)
  }
  const wrong = labels.data.findIndex((label) => label >= classes)
  if (wrong >= 0) return fail(`labels from 0 to ${classes - 1}`, `${labels.data[wrong]} in row ${wrong}`)
  return E.right(splitOf({ name, inputs: images.data, labels: labels.data, inputShape, classes }))
}
