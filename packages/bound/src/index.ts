export type { BoundConstants } from './bound-constants.ts'
export { boundSoFar } from './bound-so-far.ts'
export type { BoundColumns, BoundSeries, BoundStep } from './bound-step.ts'
export type { Corollary } from './corollary.ts'
export type { EarlierBound } from './earlier-bound.ts'
export { extendBound } from './extend-bound.ts'
export {
  extremeEigenvalues,
  type ExtremeEigenvalues,
  type ExtremeEigenvaluesOptions,
  type SymmetricProduct,
} from './extreme-eigenvalues.ts'
export { fillProbes, type AlphaProbe, type FilledSeries, type FillOptions } from './fill-probes.ts'
export { finiteDifferenceProduct, type GradientAt } from './finite-difference-product.ts'
export { fixedRateCorollary } from './fixed-rate-corollary.ts'
export { generalizationBound } from './generalization-bound.ts'
export { hardtConvexBound } from './hardt-convex-bound.ts'
export { hardtNonConvexBound, type HarmonicSchedule } from './hardt-non-convex-bound.ts'
export { harmonicRateCorollary } from './harmonic-rate-corollary.ts'
export { harmonicScale } from './harmonic-scale.ts'
export { kuzborskijLampertBound, type KuzborskijLampertOptions } from './kuzborskij-lampert-bound.ts'
export type { AlphaKind, Between, Label } from './label.ts'
export { labelsOf, type Provenance } from './labels-of.ts'
export { layerwiseBound, type LayerAlpha, type LayerwiseBound, type LayerwiseStep } from './layerwise-bound.ts'
export { probedBound, type ProbedBound, type ProbedBoundOptions } from './probed-bound.ts'
export { noSteps, type RunningBound } from './running-bound.ts'
export type { GeneralizationBound } from './unroll.ts'
