import { layerwiseBound, type BoundConstants } from '@coherent-gradients/bound'
import type { MeasuredLayers } from './measured-series.ts'

/** Which layers the bound comes from: ours, not the paper's, and an estimate. */
export interface ByLayer {
  /** log of the bound with each layer's distance bounded by itself; never below Theorem 1 of the same α. */
  readonly logBound: number
  /** log of each layer's part of it. */
  readonly parts: readonly { readonly layer: string; readonly logPart: number }[]
}

/**
 * Σ_l √w_l √(2(1 − α_l)) in place of Theorem 1's root, with shares and α of layers held from one probe to the next; before the
 * first probe with its shares and α = 0. Held, because a layer's share is unknown where nobody measured: there is no
 * value to take for it that would tell layers apart and keep a bound.
 */
export function byLayer(
  learningRates: readonly number[],
  { names, probes }: MeasuredLayers,
  constants: BoundConstants,
): ByLayer {
  let now = probes[0]!.layers.map(({ share }) => ({ share, alpha: 0 }))
  let next = 0
  const steps = learningRates.map((learningRate, i) => {
    if (probes[next]?.step === i + 1) now = [...probes[next++]!.layers]
    return { learningRate, layers: now }
  })
  const { apart, logParts } = layerwiseBound(steps, constants)
  return { logBound: apart.logBound, parts: names.map((layer, l) => ({ layer, logPart: logParts[l]! })) }
}
