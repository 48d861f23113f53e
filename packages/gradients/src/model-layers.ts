import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BlockWeight } from './blocks/block-weight.ts'
import { layerRules } from './rules/index.ts'
import type { Layer, LayerRule } from './rules/layer-rule.ts'

/** A layer, the rule for it, and those of its weights that are trained, by their own names (`kernel`). */
export interface ModelLayer {
  readonly layer: Layer
  /** The layer's name with the nested models' names in front. */
  readonly name: string
  /** Undefined where no rule knows the class, or the rule refuses this layer. */
  readonly rule: LayerRule | undefined
  /** Why the rule for the class refuses this layer. */
  readonly refusal: string | undefined
  /** Empty where the layer, or a model around it, is frozen. */
  readonly weights: Readonly<Record<string, BlockWeight>>
}

/**
 * The layers of a model that have weights, trained or not, or a rule; nested models' included, each once however often it
 * is called.
 *
 * Weights are named `<layer>/<weight>`, from the layers' own names: tfjs makes its variable names unique per process
 * (`d/kernel_1`), so they would differ between two copies of one model. Of two rules for a class the first counts.
 */
export function modelLayers(model: LayersModel, rules: readonly LayerRule[] = layerRules): readonly ModelLayer[] {
  const seen = new Set<Layer>()
  const found: ModelLayer[] = []
  const visit = (layers: readonly Layer[], path: string, trained: boolean): void => {
    for (const layer of layers) {
      if (seen.has(layer)) continue
      seen.add(layer)
      const name = path + layer.name
      const inner = (layer as Partial<LayersModel>).layers
      if (inner) {
        visit(inner, `${name}/`, trained && layer.trainable)
      } else {
        const known = rules.find((each) => each.className === layer.getClassName())
        if (known == null && layer.weights.length === 0) continue
        const refusal = known?.refuses?.(layer)
        const rule = refusal == null ? known : undefined
        found.push({ layer, name, rule, refusal, weights: trained ? weightsOf(layer, name) : {} })
      }
    }
  }
  visit(model.layers, '', model.trainable)
  return found
}

/** A layer's trainable weights by their own names. */
export function weightsOf(layer: Layer, name: string): Record<string, BlockWeight> {
  const weights: Record<string, BlockWeight> = {}
  for (const weight of layer.trainableWeights) {
    const own = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1)
    const variable = (weight as unknown as { val: Variable }).val
    weights[own] = { name: `${name}/${own}`, variable, layer: name, shape: variable.shape, size: variable.size }
  }
  return weights
}
