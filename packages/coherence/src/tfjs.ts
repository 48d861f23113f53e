export { gramOf } from './gram-of.ts'
export { normsOf } from './norms-of.ts'
export { projectionsOf } from './projections-of.ts'
export { statisticOf } from './statistic-of.ts'
