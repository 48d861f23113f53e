import type { LayersModel, layers } from '@tensorflow/tfjs-layers'

/** What the activations and gradients of one pass may come to unless told, roughly. */
export const USUAL_PASS_BYTES: number = 64 * 2 ** 20
const MOST = 500

/**
 * How many examples one pass takes: as many as keep activations and their gradients within `bytes` (64 MiB unless said),
 * at most 500 and at least one.
 */
export function examplesAtATime(model: LayersModel, bytes: number = USUAL_PASS_BYTES): number {
  let numbers = 0
  const visit = (each: readonly layers.Layer[]): void => {
    for (const layer of each) {
      const inner = (layer as Partial<LayersModel>).layers
      if (inner) visit(inner)
      // An activation, its δ, and what the backward pass holds besides; rows are formed in slices of their own budget.
      numbers += 4 * outputsOf(layer)
    }
  }
  visit(model.layers)
  return Math.max(1, Math.min(MOST, Math.floor(bytes / (4 * numbers + 1))))
}

/** Outputs of one example; tfjs refuses to say for a shared layer whose calls differ, and its first call stands for all. */
function outputsOf(layer: layers.Layer): number {
  const [node] = layer.inboundNodes
  return (
    (node?.outputShapes as unknown as (number | null)[][] | undefined)?.reduce((sum, each) => sum + sizeOf(each), 0) ??
    0
  )
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((size, length) => size * (length ?? 1), 1)
}
