import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'

type Shape = tfl.Shape

/** A layer of one weight for each input, h = u ⊙ x: the first layer of the paper's deep linear model (Example 7). */
export class Diagonal extends tfl.layers.Layer {
  static readonly className = 'Diagonal'
  private scale: tfl.LayerVariable | undefined

  override build(inputShape: Shape | Shape[]): void {
    const features = (inputShape as Shape).at(-1)!
    this.scale = this.addWeight('scale', [features], 'float32', tfl.initializers.zeros())
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.mul(input, this.scale!.read())
  }
}
tf.serialization.registerClass(Diagonal)
