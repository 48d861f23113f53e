import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Initialisation, ModelSpec } from './model-spec.ts'

/** How the networks of a kind are built. One file each in `networks`, and a line in `networks.ts`. */
export interface Network<Spec extends ModelSpec> {
  readonly initialisation: Initialisation
  /** Whether all weights of a layer start at 0, whatever the initialisation. */
  readonly startsAtZero?: (layer: string) => boolean
  /** The network, its weights yet to be drawn. Layers are named `<type>_<number>` from the input on. */
  build(spec: Spec): LayersModel
}
