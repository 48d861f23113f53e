import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { reshaped } from './reshaped.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `Bincount` over all numbers of a tensor; the stock kernel gives a tensor of several axes a result of two. */
export const bincount: WasmKernel = {
  name: 'Bincount',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo; weights: TensorInfo }, { size: number }>): TensorInfo => {
      const { x, weights } = call.inputs
      const flat = (tensor: TensorInfo): TensorInfo => reshaped(tensor, [util.sizeFromShape(tensor.shape)])
      return stock({ ...call, inputs: { x: flat(x), weights: flat(weights) } })
    },
}
