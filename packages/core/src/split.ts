/**
 * m examples, taken out of a {@link Split}: one row each, in the order in which they were asked for.
 *
 * Index legend: row i of m; d numbers an input (the product of `inputShape`).
 */
export interface Batch {
  /** [m] each example's id: stable under subsets, shuffles and noise. */
  readonly ids: Uint32Array
  /** Shape of one input, without the batch axis: `[784]`, `[28, 28, 1]`. */
  readonly inputShape: readonly number[]
  /** [m × d] row-major inputs, scaled as the split says (pixels: 0 to 1). */
  readonly inputs: Float32Array
  /** [m] labels to train on. */
  readonly labels: Int32Array
  /** [m] labels before any noise. An example is *corrupt* where `labels[i] !== trueLabels[i]`. */
  readonly trueLabels: Int32Array
  /** [m] 1 where noise chose this example: its label was redrawn (even to the same one) or its image replaced. */
  readonly touched: Uint8Array
}

/**
 * An indexed set of labelled examples, read at random by id. Noise and subsets are functions Split → Split.
 * Reading is pure: the same ids give the same bytes, in any order and any number of times.
 */
export interface Split {
  /** What it is and what was done to it, as figures name it: `mnist/train[0:2000] labels~50%`. */
  readonly name: string
  /** Ids of the examples, in file order; `ids.length` is the number of examples. */
  readonly ids: Uint32Array
  readonly inputShape: readonly number[]
  readonly classes: number
  /** Rejects with a RangeError that names the id when an id is not in the split. */
  read(ids: ArrayLike<number>): Promise<Batch>
}
