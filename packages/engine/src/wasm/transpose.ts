import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Axis {
  size: number
  readonly to: number
  from: number
}

/** `Transpose` by squares of 4 × 4 numbers, whatever the axes; the stock kernel goes number by number. */
export const transpose: WasmKernel = {
  name: 'Transpose',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, { perm: number[] }>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x } = inputs
      if (x.dtype === 'string' || util.bytesPerElement(x.dtype) !== 4 || attrs.perm.length !== x.shape.length) {
        return stock(call)
      }
      const axes = mergedAxes(x.shape, attrs.perm)
      if (axes.length > 5) return stock(call)
      const memory = tensorMemory(backend)
      const out = memory.output(
        attrs.perm.map((axis) => x.shape[axis]!),
        x.dtype,
      )
      if (util.sizeFromShape(x.shape) === 0) return out
      tensorKernelsOf(backend).stridedCopy(
        axes.map(({ size }) => size),
        { at: memory.addressOf(x), strides: axes.map(({ from }) => from) },
        { at: memory.addressOf(out), strides: axes.map(({ to }) => to) },
      )
      return out
    },
}

/** The axes of the result, without those of one number and joined where they lie together before and after; the dense ones last. */
function mergedAxes(shape: readonly number[], perm: readonly number[]): readonly Axis[] {
  const from = rowMajorStrides(shape)
  const to = rowMajorStrides(perm.map((axis) => shape[axis]!))
  const axes: Axis[] = []
  for (const [index, axis] of perm.entries()) {
    if (shape[axis] === 1) continue
    const next: Axis = { size: shape[axis]!, from: from[axis]!, to: to[index]! }
    const last = axes.at(-1)
    if (last !== undefined && last.from === next.from * next.size && last.to === next.to * next.size) {
      axes[axes.length - 1] = { ...next, size: last.size * next.size }
    } else axes.push(next)
  }
  const innermost = axes.pop()
  if (innermost === undefined) return [{ size: 1, from: 1, to: 1 }]
  const dense = axes.findIndex((axis) => axis.from === 1)
  return [...axes.filter((_, i) => i !== dense), ...(dense < 0 ? [] : [axes[dense]!]), innermost]
}
