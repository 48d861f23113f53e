import { alphaInterval, type AlphaInterval, type ExampleProjections } from '@coherent-gradients/coherence'

/** How far the debiased α would move if other examples had been drawn; null at m < 3, of zeros and where it wasn't asked for. */
export interface SamplingErrors {
  /** The jackknife's, of the debiased α. */
  readonly standardError: number | null
  /** 95% of samples have the distribution's α in theirs: the debiased α, give or take its standard error times Student's t. */
  readonly interval: AlphaInterval | null
}

/** Both of them, from each example's projections; null without any. */
export function samplingErrors(projections: ExampleProjections | undefined): SamplingErrors {
  const interval = projections === undefined ? null : alphaInterval(projections, 0.95)
  return { standardError: interval?.standardError ?? null, interval }
}
