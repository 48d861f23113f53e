import type { TensorInfo } from '@tensorflow/tfjs-core'
import { paddingChannelsLast, toChannelsLast } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitWindow } from './explicit-window.ts'
import { filled } from './filled.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'
import { zeros } from './zeros.ts'

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: number[]
}

type Call = KernelCall<{ x: TensorInfo; dy: TensorInfo }, Attributes>

/**
 * The gradient of a convolution in its kernel, which the stock backend lacks: images [n, h, w, c] and δ [n, h′, w′, p] →
 * [taps, taps, c, p], summed over examples and positions.
 */
export const conv2dBackpropFilter: WasmKernel = {
  name: 'Conv2DBackpropFilter',
  make: () => (call: Call) => {
    const { inputs, backend, attrs } = call
    if (attrs.dataFormat !== 'NCHW') return channelsLast(call)
    return withTemporaries(backend, (temporary) =>
      channelsLast({
        backend,
        inputs: {
          x: temporary(toChannelsLast(backend, inputs.x)),
          dy: temporary(toChannelsLast(backend, inputs.dy)),
        },
        attrs: { ...attrs, pad: paddingChannelsLast(attrs.pad) },
      }),
    )
  },
}

function channelsLast({ inputs: { x, dy }, backend, attrs }: Call): TensorInfo {
  const window = explicitWindow(x.shape, attrs.filterShape, attrs, false)
  const kernels = tensorKernelsOf(backend)
  const memory = tensorMemory(backend)
  const gradient = zeros(backend, attrs.filterShape)
  return filled(backend, gradient, () =>
    kernels.convolutionKernelGradient({ ...window, channels: window.inChannels }, window.outChannels, {
      x: memory.addressOf(x),
      delta: memory.addressOf(dy),
      gradient: memory.addressOf(gradient),
      room: memory.scratch(kernels.convolutionKernelGradientRoom),
    }),
  )
}
