import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BlockWeight } from './blocks/block-weight.ts'
import { layerRules } from './rules/index.ts'
import type { Layer, LayerRule } from './rules/layer-rule.ts'

/** A layer with trainable weights, the rule for it and its weights by their own names (`kernel`, `bias`). */
export interface TrainableLayer {
  readonly layer: Layer
  readonly rule: LayerRule | undefined
  readonly weights: Readonly<Record<string, BlockWeight>>
}

/**
 * The layers of a model that have trainable weights, nested models included, each once however often it is called.
 *
 * Names are `<layer>/<weight>`, with the nested models' names in front, from the layers' own names: tfjs makes its
 * variable names unique per process (`d/kernel_1`), so they would differ between two copies of one model.
 */
export function trainableLayers(model: LayersModel): readonly TrainableLayer[] {
  const seen = new Set<Layer>()
  const found: TrainableLayer[] = []
  const visit = (layers: readonly Layer[], path: string): void => {
    for (const layer of layers) {
      if (seen.has(layer)) continue
      seen.add(layer)
      const name = path + layer.name
      const inner = (layer as Partial<LayersModel>).layers
      if (inner) {
        visit(inner, `${name}/`)
      } else if (layer.trainableWeights.length > 0) {
        const rule = layerRules.find((each) => each.className === layer.getClassName())
        found.push({ layer, rule, weights: weightsOf(layer, name) })
      }
    }
  }
  visit(model.layers, '')
  return found
}

function weightsOf(layer: Layer, name: string): Record<string, BlockWeight> {
  const weights: Record<string, BlockWeight> = {}
  for (const weight of layer.trainableWeights) {
    const own = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1)
    const variable = (weight as unknown as { val: Variable }).val
    weights[own] = { name: `${name}/${own}`, variable, layer: name, shape: variable.shape, size: variable.size }
  }
  return weights
}
