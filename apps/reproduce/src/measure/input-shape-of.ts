import type { Failure } from '@coherent-gradients/core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { modelFailure } from './model/model-failure.ts'

/**
 * The shape in which a model takes one example of the data's shape: its own where both have as many numbers (784 and
 * 28 × 28 × 1), else the data's where the model leaves the lengths open.
 *
 * @returns left where neither fits.
 */
export function inputShapeOf(
  file: string,
  model: LayersModel,
  data: readonly number[],
): E.Either<Failure, readonly number[]> {
  const wanted = model.inputs[0]!.shape.slice(1)
  const size = data.reduce((product, length) => product * length, 1)
  if (wanted.every((length) => length !== null)) {
    if (wanted.reduce((product, length) => product * length!, 1) === size) return E.right(wanted as number[])
  } else if (
    wanted.length === data.length &&
    wanted.every((length, axis) => length === null || length === data[axis])
  ) {
    return E.right(data)
  }
  const shape = wanted.map((length) => length ?? '…').join(', ')
  return E.left(modelFailure(file, `takes inputs [${shape}], and the data's are [${data.join(', ')}]`))
}
