import { serialization } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import type { ModelLayer } from '../model-layers.ts'
import { dense } from '../rules/dense.ts'
import type { Layer } from '../rules/layer-rule.ts'
import { straightDense } from './dense.ts'
import { straightDropout } from './dropout.ts'
import { straightFlatten } from './flatten.ts'
import type { StraightLayer } from './straight-layer.ts'

/** A layer of a chain, with its weights where it has a rule. */
export interface Link {
  readonly straight: StraightLayer
  readonly target: ModelLayer | undefined
}

/** What tfjs-layers knows of a call of a layer while the model was built. */
interface InboundNode {
  readonly inboundLayers: readonly Layer[]
  readonly inputTensors: readonly SymbolicTensor[]
  readonly callArgs: Readonly<Record<string, unknown>> | null
}

/**
 * The layers of a model from its input to its output, where each feeds the next and nothing else happens: dense layers on
 * vectors, linear or with a ReLU, by the rule that is built in, and layers that pass on what they get. Undefined for any
 * other model, a layer or a model whose class isn't tfjs's own, or was given a call or a hook of its own, and for inputs that
 * the model doesn't take as they are. No trained layer, no chain.
 *
 * @param layers what `modelLayers` gives of the model.
 */
export function straightChain(
  model: LayersModel,
  inputs: Tensor,
  layers: readonly ModelLayer[],
): readonly Link[] | undefined {
  if (model.inputs.length !== 1 || model.outputs.length !== 1 || !isTfjsOwn(model as unknown as Layer)) return undefined
  if (inputs.dtype !== 'float32' || !fits(inputs.shape, model.inputs[0]!.shape)) return undefined
  const path = pathOf(model)
  if (path === undefined) return undefined
  const links: Link[] = []
  let rank = inputs.rank
  let rectified = false
  for (const layer of path) {
    const target = layers.find((each) => each.layer === layer)
    const straight: StraightLayer | undefined = isTfjsOwn(layer)
      ? straightOf(layer, target, rank, rectified)
      : undefined
    if (straight === undefined) return undefined
    if (layer.getClassName() === 'Flatten') rank = 2
    rectified = straight.rectifies
    links.push({ straight, target })
  }
  return links.some(isTrained) ? links : undefined
}

export function isTrained({ target }: Link): boolean {
  return target !== undefined && Object.keys(target.weights).length > 0
}

function straightOf(
  layer: Layer,
  target: ModelLayer | undefined,
  rank: number,
  rectified: boolean,
): StraightLayer | undefined {
  const className = layer.getClassName()
  if (className === 'Dense') return target?.rule === dense && rank === 2 ? straightDense(layer) : undefined
  if (target !== undefined) return undefined
  // Nothing before a Flatten rectifies: what it takes has an axis more than what the layers here give.
  if (className === 'Flatten') return straightFlatten(layer)
  return className === 'Dropout' ? straightDropout(rectified) : undefined
}

/** From the output back to the input, in the order of the calls; undefined where the way forks, or a layer occurs twice. */
function pathOf(model: LayersModel): readonly Layer[] | undefined {
  const path: Layer[] = []
  let tensor = model.outputs[0]!
  while (tensor !== model.inputs[0]) {
    const { sourceLayer, nodeIndex } = tensor
    const node = (sourceLayer.inboundNodes as unknown as readonly InboundNode[])[nodeIndex]
    if (node?.inputTensors.length !== 1 || path.includes(sourceLayer)) return undefined
    if (Object.keys(node.callArgs ?? {}).length > 0) return undefined
    path.unshift(sourceLayer)
    tensor = node.inputTensors[0]!
  }
  return path
}

/** Whether this is what tfjs makes of the class's name, and nobody put anything into its way. */
function isTfjsOwn(layer: Layer): boolean {
  const [known] = serialization.SerializationMap.getMap().classNameMap[layer.getClassName()] ?? []
  const { _callHook: hook } = layer as unknown as { _callHook?: unknown }
  return known === layer.constructor && hook == null && !Object.hasOwn(layer, 'call') && !Object.hasOwn(layer, 'apply')
}

function fits(shape: readonly number[], wanted: readonly (number | null)[]): boolean {
  return shape.length === wanted.length && wanted.every((size, axis) => size === null || size === shape[axis])
}
