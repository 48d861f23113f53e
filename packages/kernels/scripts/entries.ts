/** What is compiled: `assembly/<name>.ts` becomes `src/generated/<name>.ts`. */
export interface Entry {
  readonly name: string
  /** Also compiled for a shared memory, as `sharedWasm`, for kernels that run on several threads. */
  readonly shared?: boolean
}

export const entries: readonly Entry[] = [
  { name: 'order-statistics', shared: true },
  { name: 'tensors' },
  { name: 'matrix-product' },
  { name: 'training' },
]
