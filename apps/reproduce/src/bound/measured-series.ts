import type { AlphaKind, AlphaProbe, LayerAlpha } from '@coherent-gradients/bound'

/** Learning rates of every step and α of some, as a file or a run has them. */
export interface MeasuredSeries {
  /** The file or the run's folder. */
  readonly source: string
  /** [T] η_t, entry t − 1 for step t. */
  readonly learningRates: readonly number[]
  /** α(w_{t−1}) by t. */
  readonly probes: readonly AlphaProbe[]
  readonly alphaIs: AlphaKind
  /** How many examples α was measured on, where it is known. */
  readonly measuredOn?: number
  /** m, where the run itself says it. */
  readonly examples?: number
  /** What the layers had, where it was measured. */
  readonly layers?: MeasuredLayers
}

/** Layers' coherence before some steps. */
export interface MeasuredLayers {
  readonly names: readonly string[]
  /** By rising steps; `layers` in the order of `names`. */
  readonly probes: readonly { readonly step: number; readonly layers: readonly LayerAlpha[] }[]
}

/** What a series can't say of itself. */
export interface SeriesOptions {
  readonly alphaIs: AlphaKind
  readonly measuredOn?: number
}
