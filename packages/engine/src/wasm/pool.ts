import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { pairs } from './explicit-window.ts'
import { poolWindow } from './pool-window.ts'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

type Call = KernelCall<{ x: TensorInfo }, ConvolutionAttributes & { readonly filterSize: number | [number, number] }>

/** Pooling whose window may be one pixel, for which the stock kernels leave the result unwritten. */
function pool(name: string, ofNothing: number): WasmKernel {
  return {
    name,
    make:
      (stock) =>
      (call: Call): TensorInfo => {
        const { inputs, backend, attrs } = call
        const { x } = inputs
        const window = poolWindow(x.shape, attrs)
        const { batch, height, width, channels } = window
        if (height.taps * width.taps !== 1) return stock({ ...call, attrs: { ...attrs, pad: pairs(attrs.pad) } })
        const shape = [batch, height.output, width.output, channels]
        if (util.arraysEqual(x.shape, shape)) return callKernel(backend, 'Identity', { x })
        const memory = tensorMemory(backend)
        const out = memory.output(shape, 'float32')
        new Float32Array(memory.memory.buffer, memory.addressOf(out), util.sizeFromShape(shape)).fill(ofNothing)
        const [rows, columns] = [pixelsRead(height), pixelsRead(width)]
        const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(shape)]
        tensorKernelsOf(backend).stridedCopy(
          [batch, rows.count, columns.count, channels],
          {
            at: memory.addressOf(x) + 4 * (rows.input * from[1]! + columns.input * from[2]!),
            strides: [from[0]!, from[1]! * height.stride, from[2]! * width.stride, 1],
          },
          { at: memory.addressOf(out) + 4 * (rows.output * to[1]! + columns.output * to[2]!), strides: to },
        )
        return out
      },
  }
}

/** The outputs that see a pixel: the first, the pixel that it sees, and how many they are. */
function pixelsRead({
  input,
  output,
  stride,
  before,
}: {
  input: number
  output: number
  stride: number
  before: number
}): {
  output: number
  input: number
  count: number
} {
  const first = Math.ceil(before / stride)
  const end = Math.min(output, Math.ceil((input + before) / stride))
  return { output: first, input: first * stride - before, count: Math.max(end - first, 0) }
}

export const maxPool: WasmKernel = pool('MaxPool', Number.NEGATIVE_INFINITY)

export const avgPool: WasmKernel = pool('AvgPool', Number.NaN)

/** Pads as {@link avgPool} does. */
export const avgPoolGrad: WasmKernel = {
  name: 'AvgPoolGrad',
  make:
    (stock) =>
    (call: KernelCall<{ dy: TensorInfo; input: TensorInfo }, ConvolutionAttributes>): TensorInfo =>
      stock({ ...call, attrs: { ...call.attrs, pad: pairs(call.attrs.pad) } }),
}
