export { coordinateMedianOfFactors } from './coordinate-median-of-factors.ts'
export { coordinateMedianOfRows } from './coordinate-median-of-rows.ts'
export type { FactoredRows } from './factored-rows.ts'
export type { FormedRows } from './formed-rows.ts'
export type { ImageWindow, WindowAxis } from './image-window.ts'
export { matrixProduct } from './matrix-product.ts'
export type { Matrix, MatrixProduct, MatrixProductOptions, Product } from './matrix-product.ts'
export { meanAroundMedianOfFactors } from './mean-around-median-of-factors.ts'
export { meanAroundMedianOfRows } from './mean-around-median-of-rows.ts'
export { medianRanks } from './median-ranks.ts'
export { openOrderStatistics } from './open-order-statistics.ts'
export type { OrderStatistics, OrderStatisticsOptions } from './open-order-statistics.ts'
export { orderStatisticsIn } from './order-statistics-in.ts'
export type {
  PlacedFactors,
  PlacedOrderStatistics,
  PlacedOrderStatisticsOptions,
  PlacedRows,
  PlacedStatistic,
  Places,
} from './order-statistics-in.ts'
export { openKernelThreads } from './threads/open-kernel-threads.ts'
export type { KernelThreads, KernelThreadsOptions } from './threads/open-kernel-threads.ts'
export { percentileRanks } from './percentile-ranks.ts'
export type { Ranks } from './ranks.ts'
export { tensorKernels } from './tensor-kernels.ts'
export type { StridedArray, TensorKernels } from './tensor-kernels.ts'
export { trainingKernels } from './training-kernels.ts'
export type { TrainingKernels } from './training-kernels.ts'
export { trimmedMeanOfFactors } from './trimmed-mean-of-factors.ts'
export { trimmedMeanOfRows } from './trimmed-mean-of-rows.ts'
export { unitBytes, unitRows } from './unit-rows.ts'
export type { WasmMemory } from './wasm-memory.ts'
export { winsorizedMeanOfFactors } from './winsorized-mean-of-factors.ts'
export { winsorizedMeanOfRows } from './winsorized-mean-of-rows.ts'
