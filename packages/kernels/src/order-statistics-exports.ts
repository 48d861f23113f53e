/** What assembly/order-statistics.ts exports, apart from what only threads call. */
export interface OrderStatisticsExports {
  areFactorsFinite(activations: number, deltas: number, rows: number, inputs: number, outputs: number): number
  turnedBytes(rows: number, outputs: number): number
  turnDeltas(deltas: number, rows: number, outputs: number, turned: number): void
  factoredWorkBytes(rows: number): number
  formedWorkBytes(rows: number): number
  reduceFactored(...numbers: number[]): undefined
  reduceFormed(...numbers: number[]): number
}
