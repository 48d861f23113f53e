import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { filled } from './filled.ts'
import { productOfTensors } from './product-of-tensors.ts'
import { requireFloats } from './require-floats.ts'
import { tensorMemory } from './tensor-memory.ts'
import { trainingKernelsOf } from './training-kernels-of.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface OutputInputs {
  readonly x: TensorInfo
  readonly kernel: TensorInfo
  readonly bias?: TensorInfo
}

interface GradientInputs {
  readonly dy: TensorInfo
  readonly kernel: TensorInfo
  readonly rectified?: TensorInfo
}

/** `DenseOutput`: a product that begins with the bias, and whose numbers are clamped where a ReLU follows. */
export const denseOutput: WasmKernel = {
  name: trainingKernelNames.denseOutput,
  make:
    () =>
    ({ inputs: { x, kernel, bias }, backend, attrs }: KernelCall<OutputInputs, { rectify: 0 | 1 }>): TensorInfo => {
      if (bias != null && !util.arraysEqual(bias.shape, kernel.shape.slice(1))) {
        throw new RangeError(
          `${trainingKernelNames.denseOutput}: required a bias [${kernel.shape[1]}], found [${bias.shape}]`,
        )
      }
      return productOfTensors(backend, x, kernel, {
        transposeA: false,
        transposeB: false,
        ...(bias == null ? {} : { bias }),
        ...(attrs.rectify === 1 ? { clamp: [0, Number.POSITIVE_INFINITY] } : {}),
      })
    },
}

/** `DenseInputGradient`: a product, and what ReLU held back made zero in place. */
export const denseInputGradient: WasmKernel = {
  name: trainingKernelNames.denseInputGradient,
  make:
    () =>
    ({ inputs: { dy, kernel, rectified }, backend }: KernelCall<GradientInputs>): TensorInfo => {
      const out = productOfTensors(backend, dy, kernel, { transposeA: false, transposeB: true })
      if (rectified == null) return out
      return filled(backend, out, () => {
        requireFloats(trainingKernelNames.denseInputGradient, { gradient: out, rectified })
        const memory = tensorMemory(backend)
        const at = memory.addressOf(out)
        trainingKernelsOf(backend).reluGradient(at, memory.addressOf(rectified), util.sizeFromShape(out.shape), at)
      })
    },
}
