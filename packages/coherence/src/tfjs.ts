export { normsOf } from './norms-of.ts'
export { statisticOf } from './statistic-of.ts'
