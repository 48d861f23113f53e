export type { BoundStep } from './bound-step.ts'
export { extendLogBound } from './extend-log-bound.ts'
export { generalizationBound } from './generalization-bound.ts'
export type { BoundConstants, BoundContribution, GeneralizationBound } from './generalization-bound.ts'
