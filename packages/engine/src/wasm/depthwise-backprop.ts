import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitWindow } from './explicit-window.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { zeros } from './zeros.ts'

/** The gradient of a depthwise convolution in its images, which the stock backend lacks: → [n, h, w, c]. */
export const depthwiseBackpropInput: WasmKernel = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  make:
    () =>
    ({
      inputs: { dy, filter },
      backend,
      attrs,
    }: KernelCall<{ dy: TensorInfo; filter: TensorInfo }, ConvolutionAttributes & { inputShape: number[] }>) => {
      const window = explicitWindow(attrs.inputShape, filter.shape, attrs, true)
      const memory = tensorMemory(backend)
      const gradient = zeros(backend, attrs.inputShape)
      tensorKernelsOf(backend).depthwiseGradients({ ...window, channels: window.inChannels }, filter.shape[3]!, {
        x: 0,
        kernel: memory.addressOf(filter),
        delta: memory.addressOf(dy),
        imageGradient: memory.addressOf(gradient),
        kernelGradient: 0,
      })
      return gradient
    },
}

/** The gradient of a depthwise convolution in its kernel, which the stock backend lacks: → [taps, taps, c, q]. */
export const depthwiseBackpropFilter: WasmKernel = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  make:
    () =>
    ({
      inputs: { x, dy },
      backend,
      attrs,
    }: KernelCall<{ x: TensorInfo; dy: TensorInfo }, ConvolutionAttributes & { filterShape: number[] }>) => {
      const window = explicitWindow(x.shape, attrs.filterShape, attrs, true)
      const memory = tensorMemory(backend)
      const gradient = zeros(backend, attrs.filterShape)
      tensorKernelsOf(backend).depthwiseGradients({ ...window, channels: window.inChannels }, attrs.filterShape[3]!, {
        x: memory.addressOf(x),
        kernel: 0,
        delta: memory.addressOf(dy),
        imageGradient: 0,
        kernelGradient: memory.addressOf(gradient),
      })
      return gradient
    },
}
