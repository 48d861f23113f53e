import * as tfl from '@tensorflow/tfjs-layers'

type AddWeight = (name: string, shape: number[], ...rest: unknown[]) => unknown

/**
 * Builds layers, which makes their weights, and stops at the weight with which they come to more than `elements` numbers:
 * a topology then never takes more memory than the weights that were found for it.
 *
 * tfjs has no hook for this, so that for the time of `build` the method with which every layer makes its weights is
 * replaced. `build` may be asynchronous if nobody else builds layers meanwhile.
 *
 * @throws RangeError that names the layer and the weight.
 */
export async function withinWeights<T>(elements: number, build: () => Promise<T>): Promise<T> {
  const prototype = tfl.layers.Layer.prototype as unknown as { addWeight: AddWeight }
  const addWeight = prototype.addWeight
  let left = elements
  prototype.addWeight = function (this: tfl.layers.Layer, name, shape, ...rest) {
    const size = shape.reduce((product, length) => product * length, 1)
    if (!(size <= left)) {
      const found = `layer ${this.name} asks for ${name} [${shape.join(', ')}]`
      throw new RangeError(`the topology needs more than the ${elements} numbers that the weights hold: ${found}`)
    }
    left -= size
    return addWeight.call(this, name, shape, ...rest)
  }
  try {
    return await build()
  } finally {
    prototype.addWeight = addWeight
  }
}
