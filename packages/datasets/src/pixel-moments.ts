import type { Split } from '@coherent-gradients/core'
import { readInOrder } from './read-in-order.ts'
import { batchOf } from './read-labels.ts'

/**
 * Mean and standard deviation of all numbers of all inputs of a split: one scalar each, over examples and pixels alike.
 *
 *   mean = (1/N) Σ x,  standardDeviation = √((1/N) Σ (x − mean)²),  N = examples × pixels
 *
 * Float64, up to 1,000 examples at a time in file order (fewer where they are large), each part in two passes and then merged: the same bits each time.
 *
 * @throws RangeError when the split is empty.
 *
 * @example
 * await pixelMoments(train) // MNIST's training images: { mean: 0.1307, standardDeviation: 0.3081 }
 */
export async function pixelMoments(split: Split): Promise<{ mean: number; standardDeviation: number }> {
  if (split.ids.length === 0) throw new RangeError(`pixelMoments: required an example, found none in ${split.name}`)
  let count = 0
  let mean = 0
  let squares = 0 // Σ (x − mean)² so far
  for await (const { inputs } of readInOrder(split, batchOf(split))) {
    let sum = 0
    for (let i = 0; i < inputs.length; i++) sum += inputs[i] as number
    const itsMean = sum / inputs.length
    let itsSquares = 0
    for (let i = 0; i < inputs.length; i++) itsSquares += ((inputs[i] as number) - itsMean) ** 2
    const together = count + inputs.length
    const apart = itsMean - mean
    squares += itsSquares + (apart * apart * count * inputs.length) / together
    mean += (apart * inputs.length) / together
    count = together
  }
  return { mean, standardDeviation: Math.sqrt(squares / count) }
}
