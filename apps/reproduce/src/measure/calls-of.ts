import type { LayersModel, layers } from '@tensorflow/tfjs-layers'

/** How often the network calls a layer, at least once; a nested model has one more node, of its own making. */
export function callsOf(layer: layers.Layer): number {
  const own = (layer as Partial<LayersModel>).layers === undefined ? 0 : 1
  return Math.max(1, layer.inboundNodes.length - own)
}
