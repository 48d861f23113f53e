import { derive, randomStream, type Key } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'

/** Where Dropout layers take the masks of a batch from. */
export interface DropoutMasks {
  /** Of this step: another key, other masks. */
  readonly key: Key
  /** [m] the examples' ids, in the order of the batch. */
  readonly ids: ArrayLike<number>
}

interface DropoutLayer {
  readonly rate: number
  readonly noiseShape: readonly (number | null)[] | null
}

/**
 * Dropout whose masks are functions of key, example and place in the network: the same for an example in any batch and order.
 *
 *   z = x ⊙ b/(1 − rate),  b = 1 with probability 1 − rate, else 0
 *
 * Index legend: row i of b belongs to example `ids[i]`. A place is how many calls of Dropout layers came before in the pass, so
 * that layers' names, which tfjs numbers by process, don't matter. One rule serves one pass.
 *
 * @throws RangeError when there are more or fewer ids than examples, or a layer has a `noiseShape`, by which examples may
 *   share a mask.
 */
export function keyedDropout({ key, ids }: DropoutMasks): LayerRule {
  let place = 0
  return {
    className: 'Dropout',
    activation: (_, preActivation) => preActivation,
    preActivation(layer, input) {
      const own = derive(key, place++)
      requireFit(layer, input, ids.length)
      const { rate } = layer as unknown as DropoutLayer
      return rate > 0 ? tf.mul(input, maskOf(input.shape, rate, own, ids)) : tf.clone(input)
    },
    blocks: () => ({ blocks: [], owned: [] }),
  }
}

function maskOf(shape: readonly number[], rate: number, key: Key, ids: ArrayLike<number>): Tensor {
  const size = shape.slice(1).reduce((product, length) => product * length, 1)
  const mask = new Float32Array(ids.length * size)
  const dropped = rate * 2 ** 32
  const kept = 1 / (1 - rate)
  for (let i = 0; i < ids.length; i++) {
    const stream = randomStream(derive(key, ids[i]!))
    for (let j = i * size; j < (i + 1) * size; j++) if (stream.word() >= dropped) mask[j] = kept
  }
  return tf.tensor(mask, [...shape])
}

function requireFit(layer: Layer, input: Tensor, ids: number): void {
  if (input.shape[0] !== ids) {
    throw new RangeError(`dropout: required an id for each of ${input.shape[0]} examples, found ${ids}`)
  }
  const { noiseShape } = layer as unknown as DropoutLayer
  if (noiseShape != null) {
    throw new RangeError(
      `dropout: required masks of single examples, found the noiseShape [${noiseShape}] of ${layer.name}`,
    )
  }
}
