import type { Failure } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import { basename } from 'node:path'
import type { FileFailure } from './file-failure.ts'
import type { NpyArray } from './npy-array.ts'
import { npzFailure, type NpzFailure } from './npz-failure.ts'
import { type Npz, openNpz } from './open-npz.ts'

/** The arrays are whole, and don't make a split together. */
export type NpzMismatch = Failure<'NpzMismatch', { file: string; required: string; found: string }>

export interface NpzOptions {
  readonly file: string
  /** `train` takes the arrays `x_train` and `y_train`, as Keras's data sets name them, or `x` and `y` where there are only these; absent: `x` and `y`. */
  readonly part?: 'train' | 'test'
  /** Shape of one input; as `x` has it where absent. */
  readonly inputShape?: readonly number[]
  /** What becomes of bytes (uint8): `unit` divides them by 255, `raw` takes them as they are. Default `unit`. */
  readonly bytes?: 'unit' | 'raw'
}

/** n inputs and what there is of each. */
export interface NpzExamples {
  readonly name: string
  readonly n: number
  readonly inputShape: readonly number[]
  readonly inputs: Uint8Array | Float32Array
  /** The type that the file holds them in, as numpy calls it: `uint8`, `int64`, … */
  readonly inputType: string
  /** [n, …], not looked into. */
  readonly y: NpyArray
}

/** The arrays x [n, …] and y [n, …] of a .npz file, in agreement about n. */
export function npzExamples(options: NpzOptions): TE.TaskEither<FileFailure | NpzFailure | NpzMismatch, NpzExamples> {
  return async () => {
    const opened = await openNpz(options.file)()
    if (E.isLeft(opened)) return opened
    const npz = opened.right
    try {
      const suffix = suffixOf(npz, options.part)
      const needed = [`x${suffix}`, `y${suffix}`]
      if (!needed.every((name) => npz.names.includes(name))) {
        const asked = options.part === undefined ? '' : ` for the part ${options.part}`
        const required = `the arrays ${needed.join(' and ')}${asked}`
        return E.left(npzFailure(options.file, npz.directory, 'missing', required, npz.names.join(', ') || 'none', ''))
      }
      const x = await npz.read(`x${suffix}`)()
      if (E.isLeft(x)) return x
      const y = await npz.read(`y${suffix}`)()
      if (E.isLeft(y)) return y
      return agreeing(x.right, y.right, `${basename(options.file)}${suffix.replace('_', '/')}`, options)
    } finally {
      npz.close()
    }
  }
}

export function npzMismatch(file: string, required: string, found: string): NpzMismatch {
  return { _tag: 'NpzMismatch', message: `${file}: required ${required}, found ${found}`, file, required, found }
}

function suffixOf(npz: Npz, part: 'train' | 'test' | undefined): string {
  const has = (...names: readonly string[]): boolean => names.every((name) => npz.names.includes(name))
  // What isn't parted is all for training.
  if (part === 'train' && !has('x_train') && has('x', 'y')) return ''
  if (part !== undefined) return `_${part}`
  return !has('x') && has('x_train') ? '_train' : ''
}

function agreeing(
  x: NpyArray,
  y: NpyArray,
  name: string,
  { file, inputShape: wanted, bytes = 'unit' }: NpzOptions,
): E.Either<NpzMismatch, NpzExamples> {
  const [n, ...own] = x.shape
  if (n === undefined || own.length === 0) {
    return E.left(npzMismatch(file, 'inputs x of shape [n, …]', `shape [${x.shape.join(', ')}]`))
  }
  const inputShape = wanted ?? own
  if (product(inputShape) !== product(own)) {
    const required = `inputs of shape [${inputShape.join(', ')}]`
    return E.left(npzMismatch(file, required, `x of shape [${x.shape.join(', ')}]`))
  }
  if (y.shape[0] !== n || y.shape.slice(1).includes(0)) {
    return E.left(npzMismatch(file, `a label for each of ${n} inputs`, `y of shape [${y.shape.join(', ')}]`))
  }
  return E.right({ name, n, inputShape, inputs: inputsOf(x, bytes), inputType: x.dtype, y })
}

function inputsOf({ dtype, data }: NpyArray, bytes: 'unit' | 'raw'): Uint8Array | Float32Array {
  if (dtype === 'uint8' && bytes === 'unit') return data as Uint8Array
  return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number | bigint>, Number)
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1)
}
