export type { Failure } from './failure.ts'
export type { Key } from './key.ts'
export type { Batch, Split } from './split.ts'
