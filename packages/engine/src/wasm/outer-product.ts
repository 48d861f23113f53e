import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { productOfTensors } from './product-of-tensors.ts'
import { requireFactors } from './require-factors.ts'
import { tensorMemory } from './tensor-memory.ts'
import { trainingKernelsOf } from './training-kernels-of.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

type Call = KernelCall<{ x: TensorInfo; y: TensorInfo }>

/** `OuterProductNorms` of the rows of two matrices, in one pass. */
export const outerProductNorms: WasmKernel = {
  name: trainingKernelNames.outerProductNorms,
  make:
    () =>
    ({ inputs: { x, y }, backend }: Call): TensorInfo => {
      const [rows, width, others] = requireFactors(trainingKernelNames.outerProductNorms, x, y)
      const memory = tensorMemory(backend)
      const out = memory.output([rows], 'float32')
      const [atX, atY, atOut] = [memory.addressOf(x), memory.addressOf(y), memory.addressOf(out)]
      trainingKernelsOf(backend).outerProductNorms(atX, width, atY, others, rows, atOut)
      return out
    },
}

/** `OuterProductMean`, by a product with y/m: y is divided rather than the mean, which mostly is larger. */
export const outerProductMean: WasmKernel = {
  name: trainingKernelNames.outerProductMean,
  make:
    () =>
    ({ inputs: { x, y }, backend }: Call): TensorInfo => {
      const [rows] = requireFactors(trainingKernelNames.outerProductMean, x, y)
      const memory = tensorMemory(backend)
      return withTemporaries(backend, (temporary) => {
        const shares = temporary(memory.output(y.shape, 'float32'))
        const [atY, atShares] = [memory.addressOf(y), memory.addressOf(shares)]
        trainingKernelsOf(backend).quotient(atY, rows, util.sizeFromShape(y.shape), atShares)
        return productOfTensors(backend, x, shares, { transposeA: true, transposeB: false })
      })
    },
}
