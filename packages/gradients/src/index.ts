export type { Aggregator, AggregatorState, WeightShape } from './aggregator.ts'
export type { Factors, GradientBlock, GradientStack } from './gradient-stack.ts'
export type { Loss, TensorBatch } from './loss.ts'
