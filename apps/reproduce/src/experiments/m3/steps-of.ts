/** Steps of so many epochs in whole batches of 3 micro-batches. */
export function stepsOf(epochs: number, examples: number, microBatch: number): number {
  return epochs * Math.floor(examples / (3 * microBatch))
}
