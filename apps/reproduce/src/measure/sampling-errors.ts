import {
  alphaInterval,
  alphaStandardError,
  type AlphaInterval,
  type ExampleProjections,
} from '@coherent-gradients/coherence'

/** How far α would move if other examples had been drawn. */
export interface SamplingErrors {
  /** The jackknife's, of α; null at m = 1 and where it wasn't asked for. */
  readonly standardError: number | null
  /** 95% of samples have the distribution's α in theirs: the debiased α and its jackknife; null at m < 3 and where it wasn't asked for. */
  readonly interval: AlphaInterval | null
}

/** Both of them, from each example's projections; null without any. */
export function samplingErrors(projections: ExampleProjections | undefined): SamplingErrors {
  return projections === undefined
    ? { standardError: null, interval: null }
    : { standardError: alphaStandardError(projections), interval: alphaInterval(projections, 0.95) }
}
