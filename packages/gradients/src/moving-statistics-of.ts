import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BlockWeight } from './blocks/block-weight.ts'
import { modelLayers } from './model-layers.ts'

/**
 * The moving means and variances of a model's BatchNormalization layers, named as its weights are: what training moves
 * besides the weights, and a checkpoint keeps with them. Empty for a model without such layers.
 *
 * @example
 * movingStatisticsOf(model).map(({ name }) => name) // ['bn_1/moving_mean', 'bn_1/moving_variance']
 */
export function movingStatisticsOf(model: LayersModel): readonly BlockWeight[] {
  return modelLayers(model)
    .filter(({ layer }) => layer.getClassName() === 'BatchNormalization')
    .flatMap(({ layer, name }) =>
      layer.weights
        .filter(({ originalName }) => /moving_(?:mean|variance)$/.test(originalName))
        .map((weight) => {
          const own = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1)
          const variable = (weight as unknown as { val: Variable }).val
          return { name: `${name}/${own}`, variable, layer: name, shape: variable.shape, size: variable.size }
        }),
    )
}
