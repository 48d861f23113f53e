import { convolutionKernelGradientsName } from '@coherent-gradients/kernels/tfjs'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitWindow } from './explicit-window.ts'
import { filled } from './filled.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { zeros } from './zeros.ts'

type Call = KernelCall<{ x: TensorInfo; dy: TensorInfo }, ConvolutionAttributes & { readonly filterShape: number[] }>

/** `ConvolutionKernelGradients`: the sum of the examples' gradients, and each one's squared norm, in one pass. */
export const convolutionKernelGradients: WasmKernel = {
  name: convolutionKernelGradientsName,
  make:
    () =>
    ({ inputs, backend, attrs }: Call): TensorInfo[] => {
      const { x, dy } = inputs
      const window = explicitWindow(x.shape, attrs.filterShape, attrs, false)
      const { batch, height, width } = window
      const kernels = tensorKernelsOf(backend)
      const memory = tensorMemory(backend)
      const { outChannels, inChannels: channels } = window
      const squares = memory.scratch(8 * batch + kernels.convolutionKernelGradientsRoom(height.output * width.output))
      const squaredNorms = memory.output([batch], 'float32')
      let sum: TensorInfo | undefined
      filled(backend, squaredNorms, () => {
        sum = zeros(backend, attrs.filterShape)
        const { buffer } = memory.memory
        const norms = new Float64Array(buffer, squares, batch).fill(0)
        kernels.convolutionKernelGradients({ ...window, channels }, outChannels, {
          x: memory.addressOf(x),
          delta: memory.addressOf(dy),
          gradient: memory.addressOf(sum),
          squares,
          room: squares + 8 * batch,
        })
        new Float32Array(buffer, memory.addressOf(squaredNorms), batch).set(norms)
      })
      return [sum!, squaredNorms]
    },
}
