import type { Failure } from '@coherent-gradients/core'
import type { ImageShape } from '@coherent-gradients/datasets/images'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { modelFailure } from './model/model-failure.ts'

/**
 * The shape into which pictures are brought for a model: its own, [height, width, 1 or 3]; of a model that takes a list of
 * numbers the square of one or three channels that has as many, 784 being 28 × 28 × 1 and 3,072 being 32 × 32 × 3.
 *
 * @returns left where the model's input is no such thing, or leaves its lengths open.
 */
export function imageShapeOf(file: string, model: LayersModel): E.Either<Failure, ImageShape> {
  const shape = model.inputs[0]!.shape.slice(1)
  const [height, width, channels] = shape
  if (shape.length === 3 && height != null && width != null && (channels === 1 || channels === 3)) {
    return E.right({ height, width, channels })
  }
  if (shape.length === 1 && height != null) {
    for (const each of [1, 3] as const) {
      const side = Math.sqrt(height / each)
      if (Number.isInteger(side)) return E.right({ height: side, width: side, channels: each })
    }
  }
  const found = shape.map((length) => length ?? '…').join(', ')
  const required = 'pictures need a model with an input of fixed [height, width, 1 or 3], or of a square’s pixels'
  return E.left(modelFailure(file, `takes inputs [${found}], and ${required}`))
}
