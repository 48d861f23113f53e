import type { TensorInfo } from '@tensorflow/tfjs-core'
import { paddingChannelsLast, toChannelsFirst, toChannelsLast } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitPadding, explicitWindow } from './explicit-window.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

type Call = KernelCall<{ x: TensorInfo; filter: TensorInfo }, ConvolutionAttributes>

/**
 * A convolution with every zero named, channels last: the stock kernels give zeros for some `same` windows (two taps and a
 * stride of 3 over 6 pixels, say), and refuse channels that come first.
 */
function convolution(name: string, depthwise: boolean): WasmKernel {
  return {
    name,
    make: (stock) => {
      const channelsLast = (call: Call): TensorInfo => {
        const { inputs, attrs } = call
        const window = explicitWindow(inputs.x.shape, inputs.filter.shape, attrs, depthwise)
        return stock({ ...call, attrs: { ...attrs, pad: explicitPadding(window), dataFormat: 'NHWC' } })
      }
      return (call: Call): TensorInfo => {
        const { inputs, backend, attrs } = call
        if (attrs.dataFormat !== 'NCHW') return channelsLast(call)
        return withTemporaries(backend, (temporary) => {
          const x = temporary(toChannelsLast(backend, inputs.x))
          const pad = paddingChannelsLast(attrs.pad)
          const last = { ...call, inputs: { ...inputs, x }, attrs: { ...attrs, pad, dataFormat: 'NHWC' as const } }
          return toChannelsFirst(backend, temporary(channelsLast(last)))
        })
      }
    },
  }
}

export const conv2d: WasmKernel = convolution('Conv2D', false)

export const depthwiseConv2d: WasmKernel = convolution('DepthwiseConv2dNative', true)
