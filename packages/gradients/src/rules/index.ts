import { dense } from './dense.ts'
import { diagonal } from './diagonal.ts'
import type { LayerRule } from './layer-rule.ts'

/** Every layer type whose per-example gradients are known. */
export const layerRules: readonly LayerRule[] = [dense, diagonal]
