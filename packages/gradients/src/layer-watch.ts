import { serialization } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer } from './rules/layer-rule.ts'

type Apply = (this: Layer, inputs: unknown, kwargs?: Readonly<Record<string, unknown>>) => unknown

/** A layer of a running model that holds no layers itself. */
export interface LayerSeen {
  readonly layer: Layer
  /** With the nested models' names in front. */
  readonly name: string
  readonly inputs: readonly Tensor[]
  /** What else the call was given, such as a mask. */
  readonly kwargs: Readonly<Record<string, unknown>>
}

/**
 * Runs a function and tells of each layer that a tfjs model applies in it, just before it does: the way to the layers of a
 * model that is known by nothing but a closure. Layers inside a wrapper, such as TimeDistributed, count as the wrapper's.
 *
 * @param root a model whose own name goes in front of nothing.
 * @param inLayer told at each change whether a layer is at work.
 */
export function watchLayers<T>(
  run: () => T,
  seen: (layer: LayerSeen) => void,
  { root, inLayer = () => {} }: { readonly root?: Layer; readonly inLayer?: (inside: boolean) => void } = {},
): T {
  const base = baseOfLayers()
  const original = base.apply
  let path: readonly string[] = []
  let depth = 0
  base.apply = function (inputs, kwargs = {}) {
    const outside = path
    const holdsLayers = Array.isArray((this as { layers?: unknown }).layers)
    const list = (Array.isArray(inputs) ? inputs : [inputs]) as readonly Tensor[]
    if (depth === 0) {
      if (!holdsLayers) seen({ layer: this, name: [...path, this.name].join('/'), inputs: list, kwargs })
      else if (this !== root) path = [...path, this.name]
    }
    if (!holdsLayers) {
      depth++
      inLayer(true)
    }
    try {
      return original.call(this, inputs, kwargs)
    } finally {
      path = outside
      if (!holdsLayers && --depth === 0) inLayer(false)
    }
  }
  try {
    return run()
  } finally {
    base.apply = original
  }
}

/** The prototype that all layers of tfjs-layers share. */
function baseOfLayers(): { apply: Apply } {
  const [known] = serialization.SerializationMap.getMap().classNameMap['Dense'] ?? []
  let prototype = (known as unknown as { prototype: object } | undefined)?.prototype
  while (prototype !== undefined && prototype !== null && !Object.hasOwn(prototype, 'apply')) {
    prototype = Object.getPrototypeOf(prototype) as object
  }
  if (prototype == null) throw new TypeError('required the layers of @tensorflow/tfjs-layers, found none loaded')
  return prototype as { apply: Apply }
}
