import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { requireFloats } from './require-floats.ts'
import { tensorMemory } from './tensor-memory.ts'
import { trainingKernelsOf } from './training-kernels-of.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `SquaredNorms` of rows, without their squares being stored. */
export const squaredNorms: WasmKernel = {
  name: trainingKernelNames.squaredNorms,
  make:
    () =>
    ({ inputs, backend }: KernelCall<{ x: TensorInfo }>): TensorInfo => {
      requireFloats(trainingKernelNames.squaredNorms, inputs)
      const { x } = inputs
      const rows = x.shape[0]!
      const memory = tensorMemory(backend)
      const out = memory.output([rows], 'float32')
      const width = util.sizeFromShape(x.shape.slice(1))
      trainingKernelsOf(backend).squaredNorms(memory.addressOf(x), rows, width, memory.addressOf(out))
      return out
    },
}
