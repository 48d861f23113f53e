import type { Failure, Key, Split } from '@coherent-gradients/core'
import { flattened, reshaped } from '@coherent-gradients/datasets'
import { buildModel, type ModelSpec } from '@coherent-gradients/models'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import type { NetworkSpec } from '../specs/network-spec.ts'

/** The network of a spec over the examples of a split that is {@link shapedFor} it, its weights drawn by the key. */
export function buildNetwork(network: NetworkSpec, { inputShape, classes }: Split, key: Key): LayersModel {
  const shape = takesImages(network) ? { inputShape } : { inputs: inputShape[0]! }
  return buildModel({ ...network, ...shape, outputs: classes } as ModelSpec, key)
}

/**
 * A split's examples as a network takes them: numbers in a row for dense layers; pictures [height, width, channels] for
 * convolutions, a row of s² numbers being a gray picture s × s.
 *
 * @returns left where convolutions are to look at what is no picture.
 */
export function shapedFor(network: NetworkSpec, split: Split): E.Either<Failure, Split> {
  if (!takesImages(network)) return E.right(flattened(split))
  const { inputShape, name } = split
  if (inputShape.length === 3) return E.right(split)
  const side = Math.sqrt(inputShape[0]!)
  if (inputShape.length === 1 && Number.isInteger(side)) return E.right(reshaped(split, [side, side, 1]))
  const message = `${name}: a network of convolutions (${network.kind}) takes pictures, and these are inputs [${inputShape.join(', ')}]`
  return E.left({ _tag: 'NoPictures', message })
}

function takesImages({ kind }: NetworkSpec): boolean {
  return kind !== 'mlp' && kind !== 'linear'
}
