import type { Failure, Split } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { FileFailure } from './file-failure.ts'
import type { NpzFailure } from './npz-failure.ts'
import { type NpzExamples, npzExamples, type NpzMismatch, type NpzOptions } from './npz-examples.ts'
import { splitOf } from './split-of.ts'

/** The array y holds something else than classes, {@link npzTargets} perhaps. */
export type NpzNotLabels = Failure<'NpzNotLabels', { file: string; required: string; found: string }>

/** A split, and what its file says besides. */
export interface NpzSplit extends Split {
  /** The type that the file holds the inputs in, as numpy calls it; bytes (`uint8`) alone become numbers from 0 to 1. */
  readonly inputType: string
  /** C, where y is [n, C] one-hot rows. */
  readonly columns?: number
}

export type NpzSplitFailure = FileFailure | NpzFailure | NpzMismatch | NpzNotLabels

/**
 * A split out of a .npz file of two arrays: inputs x [n, …] of any type that {@link readNpy} knows, and labels y: [n] or
 * [n, 1] whole numbers from 0 on, or [n, C] one-hot rows.
 *
 * Index legend: n examples, C classes; there are as many classes as y has columns, or as its largest label needs. Ids
 * count from 0 in the arrays' order. Without `part`, a file that has no `x` but `x_train` gives its training examples.
 *
 * @returns left when the file is missing, torn or not of this kind, or x and y don't fit.
 *
 * @example
 * npzSplit({ file: 'digits.npz' }) // numpy.savez('digits.npz', x=images, y=labels)
 */
export function npzSplit(options: NpzOptions): TE.TaskEither<NpzSplitFailure, NpzSplit> {
  return async () => {
    const read = await npzExamples(options)()
    return E.isLeft(read) ? read : splitOfLabels(options.file, read.right)
  }
}

function splitOfLabels(
  file: string,
  { name, n, inputShape, inputs, inputType, y }: NpzExamples,
): E.Either<NpzNotLabels, NpzSplit> {
  const fail = (required: string, found: string): E.Either<NpzNotLabels, never> =>
    E.left({
      _tag: 'NpzNotLabels',
      message: `${file}: required ${required}, found ${found}`,
      file,
      required,
      found,
    })
  const [, columns, ...more] = y.shape
  if (more.length > 0) return fail(`a label for each of ${n} inputs`, `y of shape [${y.shape.join(', ')}]`)
  const numbers = Float64Array.from(y.data as ArrayLike<number | bigint>, Number)
  const oneHot = columns !== undefined && columns > 1
  const labels = oneHot ? hotColumns(numbers, n, columns) : numbers
  const wrong = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < 2 ** 31 - 1))
  if (wrong >= 0) {
    return oneHot
      ? fail('one 1 and zeros in each row of y', `others in row ${wrong}`)
      : fail('labels that are whole numbers from 0 on', `${labels[wrong]} in row ${wrong}`)
  }
  const classes = oneHot ? columns : labels.reduce((most, label) => Math.max(most, label), 0) + 1
  const split = splitOf({ name, inputs, labels, inputShape, classes })
  return E.right({ ...split, inputType, ...(oneHot ? { columns } : {}) })
}

/** The column of the 1 in each row; −1 where a row is anything but one 1 and zeros. */
function hotColumns(rows: Float64Array, n: number, columns: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const row = rows.subarray(i * columns, (i + 1) * columns)
    const hot = row.indexOf(1)
    return row.every((value, j) => value === (j === hot ? 1 : 0)) ? hot : -1
  })
}
