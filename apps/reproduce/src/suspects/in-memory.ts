import type { Split } from '@coherent-gradients/core'
import { readInOrder, splitOf } from '@coherent-gradients/datasets'

/**
 * The same examples, read once and kept, so that no epoch decodes or makes them again. Noise is put on afterwards.
 *
 * @throws RangeError for an input that isn't finite, by its example.
 */
export async function inMemory(split: Split): Promise<Split> {
  const { name, ids, inputShape, classes } = split
  const size = inputShape.reduce((product, side) => product * side, 1)
  const inputs = new Float32Array(ids.length * size)
  const labels = new Int32Array(ids.length)
  const found: number[] = []
  for await (const batch of readInOrder(split, 500)) {
    const bad = batch.inputs.findIndex((x) => !Number.isFinite(x))
    if (bad >= 0) {
      const id = batch.ids[Math.floor(bad / size)]
      throw new RangeError(`${name}: required finite inputs, found ${batch.inputs[bad]} in example ${id}`)
    }
    inputs.set(batch.inputs, found.length * size)
    labels.set(batch.labels, found.length)
    found.push(...batch.ids)
  }
  // Pictures that can't be decoded may have been left out.
  const there = found.length
  return splitOf({
    name,
    inputs: inputs.subarray(0, there * size),
    labels: labels.subarray(0, there),
    inputShape,
    classes,
    ids: found,
  })
}
