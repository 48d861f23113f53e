import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'

/** The kernels of the activations that tfjs fuses with a convolution or a product. */
const kernels: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
}

/** An activation by name. Whoever calls frees the result, which for `linear` shares x's numbers. */
export function activate(
  backend: KernelBackend,
  activation: string,
  x: TensorInfo,
  preluWeights: TensorInfo | null | undefined,
  leakyreluAlpha: number | null | undefined,
): TensorInfo {
  if (activation === 'linear') return callKernel(backend, 'Identity', { x })
  const kernel = kernels[activation]
  if (kernel === undefined) throw new TypeError(`engine wasm knows no activation ${activation}`)
  if (activation === 'prelu') return callKernel(backend, kernel, { x, alpha: preluWeights })
  return callKernel(backend, kernel, { x }, activation === 'leakyrelu' ? { alpha: leakyreluAlpha } : {})
}
