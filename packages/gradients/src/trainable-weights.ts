import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BlockWeight } from './blocks/block-weight.ts'
import { modelLayers } from './model-layers.ts'

/**
 * A model's trainable weights in the order of its gradient blocks, under the blocks' names. What an aggregator's `init`,
 * an update and a checkpoint agree on.
 */
export function trainableWeights(model: LayersModel): readonly BlockWeight[] {
  return modelLayers(model).flatMap((each) => Object.values(each.weights))
}
