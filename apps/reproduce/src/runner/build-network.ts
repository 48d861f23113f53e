import type { Failure, Key, Split } from '@coherent-gradients/core'
import { flattened } from '@coherent-gradients/datasets'
import { buildModel, type ModelSpec } from '@coherent-gradients/models'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import type { NetworkSpec } from '../specs/network-spec.ts'
import { asPictures } from './as-pictures.ts'

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
  return asPictures(split, `a network of convolutions (${network.kind})`)
}

function takesImages({ kind }: NetworkSpec): boolean {
  return kind !== 'mlp' && kind !== 'linear'
}
