import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'

/** Throws a TypeError unless all inputs of a kernel are float32 and of one shape. */
export function requireFloats(kernel: string, inputs: Readonly<Record<string, TensorInfo>>): void {
  const [first, ...others] = Object.values(inputs)
  for (const each of [first!, ...others]) {
    if (each.dtype !== 'float32' || !util.arraysEqual(each.shape, first!.shape)) {
      const found = Object.values(inputs).map(({ dtype, shape }) => `${dtype} [${shape}]`)
      throw new TypeError(`${kernel}: required float32 tensors of one shape, found ${found.join(', ')}`)
    }
  }
}
