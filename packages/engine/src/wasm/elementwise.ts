import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { util } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { requireFloats } from './require-floats.ts'
import { tensorMemory } from './tensor-memory.ts'
import { trainingKernelsOf } from './training-kernels-of.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `ReluGradient`: dy · step(x) in one pass, where tfjs composes it of a step, a cast and a product. */
export const reluGradient: WasmKernel = {
  name: trainingKernelNames.reluGradient,
  make:
    () =>
    ({ inputs, backend }: KernelCall<{ dy: TensorInfo; x: TensorInfo }>): TensorInfo => {
      requireFloats(trainingKernelNames.reluGradient, inputs)
      const { dy, x } = inputs
      const memory = tensorMemory(backend)
      const out = memory.output(x.shape, 'float32')
      const [atDy, atX, atOut] = [memory.addressOf(dy), memory.addressOf(x), memory.addressOf(out)]
      trainingKernelsOf(backend).reluGradient(atDy, atX, util.sizeFromShape(x.shape), atOut)
      return out
    },
}

/** `ScaledDifference`: x − y·scale in one pass, as an update of a weight has it. */
export const scaledDifference: WasmKernel = {
  name: trainingKernelNames.scaledDifference,
  make:
    () =>
    ({ inputs: { x, y }, backend, attrs }: KernelCall<{ x: TensorInfo; y: TensorInfo }, { scale: number }>) =>
      difference(backend, x, y, attrs.scale),
}

/** `ScaledDifferences`: the update of all weights in one launch. */
export const scaledDifferences: WasmKernel = {
  name: trainingKernelNames.scaledDifferences,
  make:
    () =>
    ({ inputs, backend, attrs }: KernelCall<Record<string, TensorInfo>, { scale: number }>): TensorInfo[] => {
      const made: TensorInfo[] = []
      try {
        for (let i = 0; inputs[`x${i}`] !== undefined; i++) {
          made.push(difference(backend, inputs[`x${i}`]!, inputs[`y${i}`]!, attrs.scale))
        }
      } catch (error) {
        for (const { dataId } of made) backend.disposeData(dataId)
        throw error
      }
      return made
    },
}

function difference(backend: KernelBackend, x: TensorInfo, y: TensorInfo, scale: number): TensorInfo {
  requireFloats(trainingKernelNames.scaledDifference, { x, y })
  const memory = tensorMemory(backend)
  const out = memory.output(x.shape, 'float32')
  const [atX, atY, atOut] = [memory.addressOf(x), memory.addressOf(y), memory.addressOf(out)]
  trainingKernelsOf(backend).scaledDifference(atX, atY, scale, util.sizeFromShape(x.shape), atOut)
  return out
}
