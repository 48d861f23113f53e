export { statisticOf } from './statistic-of.ts'
