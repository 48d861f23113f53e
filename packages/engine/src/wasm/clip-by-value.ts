import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `ClipByValue` that keeps NaN; the stock kernel makes a limit of it, and hides a run that has diverged. */
export const clipByValue: WasmKernel = {
  name: 'ClipByValue',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, { clipValueMin: number; clipValueMax: number }>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x } = inputs
      if (x.dtype !== 'float32') return stock(call)
      const memory = tensorMemory(backend)
      const out = memory.output(x.shape, 'float32')
      const { clipValueMin: low, clipValueMax: high } = attrs
      tensorKernelsOf(backend).clamp(memory.addressOf(x), util.sizeFromShape(x.shape), low, high, memory.addressOf(out))
      return out
    },
}
