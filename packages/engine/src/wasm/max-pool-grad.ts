import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { poolWindow } from './pool-window.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { zeros } from './zeros.ts'

/**
 * The gradient of a maximum over windows: all of δ goes to the first greatest number. The stock kernel loses δ in every
 * window without a positive number.
 */
export const maxPoolGrad: WasmKernel = {
  name: 'MaxPoolGrad',
  make:
    () =>
    ({
      inputs: { dy, input },
      backend,
      attrs,
    }: KernelCall<
      { dy: TensorInfo; input: TensorInfo },
      ConvolutionAttributes & { filterSize: number | [number, number] }
    >) => {
      const memory = tensorMemory(backend)
      const gradient = zeros(backend, input.shape)
      tensorKernelsOf(backend).maxPoolGradient(
        poolWindow(input.shape, attrs),
        memory.addressOf(input),
        memory.addressOf(dy),
        memory.addressOf(gradient),
      )
      return gradient
    },
}
