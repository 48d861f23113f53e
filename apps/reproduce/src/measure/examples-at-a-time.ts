import type { LayersModel, layers } from '@tensorflow/tfjs-layers'
import { callsOf } from './calls-of.ts'

/** What the activations and gradients of one pass may come to unless told, roughly. */
export const USUAL_PASS_BYTES: number = 32 * 2 ** 20
const MOST = 500

/**
 * How many examples one pass takes: as many as keep activations and their gradients within `bytes` (32 MiB unless said),
 * at most 500 and at least one.
 */
export function examplesAtATime(model: LayersModel, bytes: number = USUAL_PASS_BYTES): number {
  let numbers = 0
  const visit = (each: readonly layers.Layer[], calls: number): void => {
    for (const layer of each) {
      const inner = (layer as Partial<LayersModel>).layers
      if (inner) visit(inner, calls * callsOf(layer))
      // An activation, its δ, and what the backward pass holds besides; rows are formed in slices of their own budget.
      else numbers += 4 * calls * outputsOf(layer)
    }
  }
  visit(model.layers, 1)
  return Math.max(1, Math.min(MOST, Math.floor(bytes / (4 * numbers + 1))))
}

/** Outputs of one example in all calls, each with its own shape, which tfjs refuses to say for the layer. */
function outputsOf(layer: layers.Layer): number {
  return layer.inboundNodes
    .flatMap((node) => node.outputShapes as (readonly (number | null)[])[])
    .reduce((sum, shape) => sum + sizeOf(shape), 0)
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((size, length) => size * (length ?? 1), 1)
}
