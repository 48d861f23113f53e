/** A kernel's work over 0 … total, cut into chunks. */
export interface RangeWork {
  /** Index among the kernels of all modules. */
  readonly kernel: number
  readonly arguments: readonly number[]
  readonly total: number
  readonly chunkSize: number
  readonly work: number
  readonly workBytes: number
}
