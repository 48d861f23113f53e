import type { LayersModel } from '@tensorflow/tfjs-layers'
import { modelLayers } from './model-layers.ts'
import { layerRules } from './rules/index.ts'
import type { LayerRule } from './rules/layer-rule.ts'

/** A trained layer whose per-example gradients no rule knows. */
export interface UnruledLayer {
  /** With the nested models' names in front. */
  readonly name: string
  readonly className: string
  /** Why the rule for its class refuses this one layer, in words that follow its name. */
  readonly refusal?: string
}

/**
 * The layers for which `perExampleGradients` would ask for a rule or for the fallback; empty where it needs neither.
 *
 * @param rules of yours, besides the built-in ones.
 *
 * @example
 * unruledLayers(model) // [{ name: 'gru_1', className: 'GRU' }]
 */
export function unruledLayers(model: LayersModel, rules: readonly LayerRule[] = []): readonly UnruledLayer[] {
  return modelLayers(model, [...rules, ...layerRules])
    .filter(({ rule, weights }) => rule === undefined && Object.keys(weights).length > 0)
    .map(({ name, layer, refusal }) => ({
      name,
      className: layer.getClassName(),
      ...(refusal === undefined ? {} : { refusal }),
    }))
}
