export { alpha } from './alpha.ts'
export { alphaDebiased } from './alpha-debiased.ts'
export { alphaStandardError } from './alpha-standard-error.ts'
export type { ExampleProjections } from './alpha-standard-error.ts'
export { byLayer } from './by-layer.ts'
export { byName } from './by-name.ts'
export type {
  BlockNorms,
  BlockSelector,
  BlockStatistic,
  GradientNorms,
  GradientStatistic,
  Measurable,
} from './gradient-statistic.ts'
export { layers } from './layers.ts'
export type { LayerCoherence } from './layers.ts'
export { mCoherence } from './m-coherence.ts'
export { meanSquaredNorm } from './mean-squared-norm.ts'
export { monoid } from './monoid.ts'
export { orthogonalLimit } from './orthogonal-limit.ts'
export { squaredNormOfMean } from './squared-norm-of-mean.ts'
export { statisticOfBlocks } from './statistic-of-blocks.ts'
export type { BlockRows, Rows } from './statistic-of-blocks.ts'
export { statisticOfRows } from './statistic-of-rows.ts'
export type { RowsOptions } from './statistic-of-rows.ts'
export { summarize } from './summarize.ts'
export type { CoherenceSummary } from './summarize.ts'
export { toNorms } from './to-norms.ts'
export { weights } from './weights.ts'
export type { WeightCoherence } from './weights.ts'
