/** Throws a RangeError unless k is a whole number ≥ 1. */
export function requireBatchSize(what: string, batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`${what}: required a whole number k ≥ 1 of examples per batch, found ${batchSize}`)
  }
}
