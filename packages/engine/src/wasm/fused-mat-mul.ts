import type { TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import { productOfTensors } from './product-of-tensors.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Inputs {
  readonly a: TensorInfo
  readonly b: TensorInfo
  readonly bias?: TensorInfo | null
  readonly preluActivationWeights?: TensorInfo | null
}

interface Attributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
  readonly activation: string
  readonly leakyreluAlpha: number
}

/** Activations that are a clamp: the product does them on its way out. */
const clamps: Readonly<Record<string, readonly [number, number]>> = {
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
}

const kernels: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
}

/**
 * `_FusedMatMul`: a product, a bias of any shape that broadcasts, and an activation. A bias of one number for each column
 * is where the product's sums begin; another bias, and an activation that is no clamp, follow by kernels of their own.
 */
export const fusedMatMul: WasmKernel = {
  name: '_FusedMatMul',
  make:
    () =>
    ({ inputs, backend, attrs }: KernelCall<Inputs, Attributes>): TensorInfo => {
      const { a, b, bias, preluActivationWeights } = inputs
      const { transposeA, transposeB, activation, leakyreluAlpha } = attrs
      if (activation !== 'linear' && kernels[activation] === undefined) {
        throw new TypeError(`_FusedMatMul: engine wasm knows no activation ${activation}`)
      }
      const columns = b.shape.at(transposeB ? -2 : -1)!
      const byColumn = bias?.shape.at(-1) === columns && bias.shape.slice(0, -1).every((size) => size === 1)
      const fused = bias == null || byColumn
      const clamp = fused ? clamps[activation] : undefined
      let out = productOfTensors(backend, a, b, {
        transposeA,
        transposeB,
        ...(byColumn ? { bias } : {}),
        ...(clamp === undefined ? {} : { clamp }),
      })
      const then = (kernel: string, others: Record<string, TensorInfo>, attributes = {}): void => {
        const x = out
        try {
          out = callKernel(backend, kernel, { [kernel === 'Add' ? 'a' : 'x']: x, ...others }, attributes)
        } finally {
          backend.disposeData(x.dataId)
        }
      }
      if (!fused) then('Add', { b: bias })
      if (activation === 'linear' || clamp !== undefined) return out
      const alpha = activation === 'prelu' ? { alpha: preluActivationWeights! } : {}
      then(kernels[activation]!, alpha, { alpha: leakyreluAlpha })
      return out
    },
}
