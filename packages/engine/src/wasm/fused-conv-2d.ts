import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { activate } from './activate.ts'
import { callKernel } from './call-kernel.ts'
import { paddingChannelsLast, toChannelsFirst, toChannelsLast } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitPadding, explicitWindow } from './explicit-window.ts'
import { reshaped } from './reshaped.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

interface Inputs {
  readonly x: TensorInfo
  readonly filter: TensorInfo
  readonly bias?: TensorInfo | null | undefined
  readonly preluActivationWeights?: TensorInfo | null | undefined
}

interface Attributes extends ConvolutionAttributes {
  readonly activation: string
  readonly leakyreluAlpha?: number | null
}

type Call = KernelCall<Inputs, Attributes>

/**
 * A convolution with a bias of any shape that broadcasts, an activation, and channels first or last. What the stock kernel
 * does, a bias [p] over channels last, it does; the rest follows the convolution kernel by kernel.
 */
function fusedConvolution(name: string, plain: string, depthwise: boolean): WasmKernel {
  return {
    name,
    make: (stock) => {
      const channelsLast = (call: Call): TensorInfo => {
        const { inputs, backend, attrs } = call
        const { x, filter, bias, preluActivationWeights: alpha } = inputs
        const window = explicitWindow(x.shape, filter.shape, attrs, depthwise)
        const explicit = { ...attrs, pad: explicitPadding(window), dataFormat: 'NHWC' as const }
        const channels = window.outChannels
        if (
          (bias == null || isVector(backend, bias, channels)) &&
          (alpha == null || isVector(backend, alpha, channels))
        ) {
          return stock({ ...call, attrs: explicit })
        }
        return withTemporaries(backend, (temporary) => {
          let out = temporary(callKernel(backend, plain, { x, filter }, { ...explicit }))
          if (bias != null) out = temporary(callKernel(backend, 'Add', { a: out, b: bias }))
          return activate(backend, attrs.activation, out, alpha, attrs.leakyreluAlpha)
        })
      }
      return (call: Call): TensorInfo => {
        const { inputs, backend, attrs } = call
        if (attrs.dataFormat !== 'NCHW') return channelsLast(call)
        return withTemporaries(backend, (temporary) => {
          const { x, filter, bias, preluActivationWeights: alpha } = inputs
          const last: Call = {
            backend,
            inputs: {
              x: temporary(toChannelsLast(backend, x)),
              filter,
              bias: broadcastLast(backend, bias, temporary),
              preluActivationWeights: broadcastLast(backend, alpha, temporary),
            },
            attrs: { ...attrs, dataFormat: 'NHWC', pad: paddingChannelsLast(attrs.pad) },
          }
          return toChannelsFirst(backend, temporary(channelsLast(last)))
        })
      }
    },
  }
}

export const fusedConv2d: WasmKernel = fusedConvolution('FusedConv2D', 'Conv2D', false)

export const fusedDepthwiseConv2d: WasmKernel = fusedConvolution('FusedDepthwiseConv2D', 'DepthwiseConv2dNative', true)

/** One number for each channel. The stock kernel goes by the shape with which the numbers were made. */
function isVector(backend: KernelBackend, tensor: TensorInfo, channels: number): boolean {
  const { dataIdMap } = backend as unknown as { dataIdMap: { get(dataId: object): { shape: number[] } } }
  const { shape } = dataIdMap.get(tensor.dataId)
  return tensor.shape.length === 1 && shape.length === 1 && shape[0] === channels
}

/** What broadcasts over channels first ([p] for each channel, [p, 1, 1], …) as what broadcasts over channels last. */
function broadcastLast(
  backend: KernelBackend,
  tensor: TensorInfo | null | undefined,
  temporary: (tensor: TensorInfo) => TensorInfo,
): TensorInfo | null | undefined {
  if (tensor == null || tensor.shape.length <= 1) return tensor
  const shape = [...Array.from({ length: 4 - tensor.shape.length }, () => 1), ...tensor.shape]
  return temporary(toChannelsLast(backend, reshaped(tensor, shape)))
}
