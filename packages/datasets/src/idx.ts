/** An array of unsigned bytes with its shape, row-major; `data.length` is the product of `shape`. */
export interface Idx {
  readonly shape: readonly number[]
  readonly data: Uint8Array
}
