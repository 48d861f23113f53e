export type { BlockSelector, BlockStatistic, GradientStatistic } from './gradient-statistic.ts'
