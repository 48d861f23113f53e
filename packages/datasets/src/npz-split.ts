import type { Failure, Split } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import { basename } from 'node:path'
import type { FileFailure } from './file-failure.ts'
import type { NpyArray } from './npy-array.ts'
import type { NpzFailure } from './npz-failure.ts'
import { type Npz, openNpz } from './open-npz.ts'
import { splitOf } from './split-of.ts'

/** The arrays are whole, and don't make a split together. */
export type NpzMismatch = Failure<'NpzMismatch', { file: string; required: string; found: string }>

export type NpzSplitFailure = FileFailure | NpzFailure | NpzMismatch

export interface NpzSplitOptions {
  readonly file: string
  /** `train` takes the arrays `x_train` and `y_train`, as Keras's data sets name them; absent: `x` and `y`. */
  readonly split?: 'train' | 'test'
  /** Shape of one input; as `x` has it where absent. */
  readonly inputShape?: readonly number[]
  /** What becomes of bytes (uint8): `unit` divides them by 255, `raw` takes them as they are. Default `unit`. */
  readonly bytes?: 'unit' | 'raw'
}

/**
 * A split out of a .npz file of two arrays: inputs x [n, …] of any type that {@link readNpy} knows, and labels y: [n] or
 * [n, 1] whole numbers from 0 on, or [n, C] one-hot rows.
 *
 * Index legend: n examples, C classes; there are as many classes as y has columns, or as its largest label needs. Ids
 * count from 0 in the arrays' order. Without `split`, a file that has no `x` but `x_train` gives its training examples.
 *
 * @returns left when the file is missing, torn or not of this kind, or x and y don't fit.
 *
 * @example
 * npzSplit({ file: 'digits.npz' }) // numpy.savez('digits.npz', x=images, y=labels)
 */
export function npzSplit(options: NpzSplitOptions): TE.TaskEither<NpzSplitFailure, Split> {
  return async () => {
    const opened = await openNpz(options.file)()
    if (E.isLeft(opened)) return opened
    const npz = opened.right
    try {
      const suffix = suffixOf(npz, options.split)
      const x = await npz.read(`x${suffix}`)()
      if (E.isLeft(x)) return x
      const y = await npz.read(`y${suffix}`)()
      if (E.isLeft(y)) return y
      return splitOfArrays(x.right, y.right, `${basename(options.file)}${suffix.replace('_', '/')}`, options)
    } finally {
      npz.close()
    }
  }
}

function suffixOf(npz: Npz, split: 'train' | 'test' | undefined): string {
  if (split !== undefined) return `_${split}`
  return !npz.names.includes('x') && npz.names.includes('x_train') ? '_train' : ''
}

function splitOfArrays(
  x: NpyArray,
  y: NpyArray,
  name: string,
  { file, inputShape: wanted, bytes = 'unit' }: NpzSplitOptions,
): E.Either<NpzMismatch, Split> {
  const fail = (required: string, found: string): E.Either<NpzMismatch, never> =>
    E.left({
      _tag: 'NpzMismatch',
      message: `${file}: required ${required}, found ${found}`,
      file,
      required,
      found,
    })
  const [n, ...own] = x.shape
  if (n === undefined || own.length === 0) return fail('inputs x of shape [n, …]', `shape [${x.shape.join(', ')}]`)
  const inputShape = wanted ?? own
  if (product(inputShape) !== product(own)) {
    return fail(`inputs of shape [${inputShape.join(', ')}]`, `x of shape [${x.shape.join(', ')}]`)
  }
  const [m, columns, ...more] = y.shape
  if (m !== n || more.length > 0 || columns === 0) {
    return fail(`a label for each of ${n} inputs`, `y of shape [${y.shape.join(', ')}]`)
  }
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
  return E.right(splitOf({ name, inputs: inputsOf(x, bytes), labels, inputShape, classes }))
}

function inputsOf({ dtype, data }: NpyArray, bytes: 'unit' | 'raw'): Uint8Array | Float32Array {
  if (dtype === 'uint8' && bytes === 'unit') return data as Uint8Array
  return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number | bigint>, Number)
}

/** The column of the 1 in each row; −1 where a row is anything but one 1 and zeros. */
function hotColumns(rows: Float64Array, n: number, columns: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const row = rows.subarray(i * columns, (i + 1) * columns)
    const hot = row.indexOf(1)
    return row.every((value, j) => value === (j === hot ? 1 : 0)) ? hot : -1
  })
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1)
}
