/** The constants of Theorem 1. Nobody knows them for a real network: choose, and read the result as a shape in time. */
export interface BoundConstants {
  /** L ≥ 0: bounds how fast the loss of one example changes with the weights, and the length of its gradient. */
  readonly lipschitz: number
  /** β ≥ 0: bounds how fast the gradient of one example changes with the weights. */
  readonly smoothness: number
  /** m ≥ 1: the number of training examples. The size of the batches is not in the bound. */
  readonly examples: number
}

/** Refuses constants outside the theorem's terms. */
export function checkConstants({ lipschitz, smoothness, examples }: BoundConstants): void {
  checkSmoothness(smoothness)
  checkLipschitz(lipschitz)
  if (!Number.isSafeInteger(examples) || examples < 1) {
    throw new RangeError(`bound: required a whole number of examples m ≥ 1, found ${examples}`)
  }
}

/** Refuses a smoothness outside the theorem's terms. */
export function checkSmoothness(smoothness: number): void {
  if (!(smoothness >= 0 && smoothness < Infinity)) {
    throw new RangeError(`bound: required a finite smoothness β ≥ 0, found ${smoothness}`)
  }
}

/** Refuses a Lipschitz constant outside the theorem's terms. */
function checkLipschitz(lipschitz: number): void {
  if (!(lipschitz >= 0 && lipschitz < Infinity)) {
    throw new RangeError(`bound: required a finite Lipschitz constant L ≥ 0, found ${lipschitz}`)
  }
}
