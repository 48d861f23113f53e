import type { Split } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { FileFailure } from './file-failure.ts'
import { npzExamples, npzMismatch, type NpzMismatch, type NpzOptions } from './npz-examples.ts'
import type { NpzFailure } from './npz-failure.ts'
import { splitOf } from './split-of.ts'

/** Numbers to be fitted, for examples that have no classes. */
export interface Targets {
  /** Numbers a target. */
  readonly width: number
  /** [n × width] row-major. */
  readonly rows: Float32Array
}

/** A split whose label is the number of the row of {@link Targets}, so that label noise permutes targets. */
export interface TargetSplit {
  readonly split: Split
  /** As {@link NpzSplit} has it. */
  readonly inputType: string
  readonly targets: Targets
}

/**
 * Inputs x [n, …] and the numbers to be fitted y [n] or [n, …] out of a .npz file, for regression and for soft labels.
 *
 * Index legend: n examples; the label of example i is i, which stands for row i of the targets, until noise gives it the
 * row of another.
 *
 * @returns left when the file is missing, torn or not of this kind, x and y don't fit, or a target isn't finite in float32
 *   (the row is named).
 *
 * @example
 * npzTargets({ file: 'houses.npz' }) // numpy.savez('houses.npz', x=features, y=prices)
 */
export function npzTargets(options: NpzOptions): TE.TaskEither<FileFailure | NpzFailure | NpzMismatch, TargetSplit> {
  return async () => {
    const read = await npzExamples(options)()
    if (E.isLeft(read)) return read
    const { name, n, inputShape, inputs, inputType, y } = read.right
    const rows = Float32Array.from(y.data as ArrayLike<number | bigint>, Number)
    const width = y.shape.slice(1).reduce((product, length) => product * length, 1)
    const odd = rows.findIndex((value) => !Number.isFinite(value))
    if (odd >= 0) {
      const found = `${rows[odd]} in row ${Math.floor(odd / width)}`
      return E.left(npzMismatch(options.file, 'targets y that are finite in float32', found))
    }
    const labels = Uint32Array.from({ length: n }, (_, i) => i)
    const split = splitOf({ name, inputs, labels, inputShape, classes: Math.max(1, n) })
    return E.right({ split, inputType, targets: { width, rows } })
  }
}
