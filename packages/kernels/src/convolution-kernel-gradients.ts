import { engine, getBackend, getKernel } from '@tensorflow/tfjs-core'
import type { NamedAttrMap, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'

/**
 * Name of the kernel that `convolutionKernelGradients` runs. Inputs `x` and `dy`, attributes `filterShape`, `strides`,
 * `pad`, `dilations` as of tfjs's own `Conv2DBackpropFilter`; two outputs, the sum and the squared norms.
 */
export const convolutionKernelGradientsName = 'ConvolutionKernelGradients'

/** The sum over the examples of a convolution's gradients in its kernel, and the squared norm of each one's own. */
export interface ConvolutionKernelGradients {
  /** [taps, taps, c, p] Σᵢ gᵢ. */
  readonly sum: Tensor4D
  /** [m] ‖gᵢ‖². */
  readonly squaredNorms: Tensor1D
}

/**
 * The gradients of a convolution in its kernel, of m examples in one pass that costs what the sum alone costs:
 *
 *   gᵢₖ = Σₒ x_{i, o·stride + k·dilation − before} ⊗ δᵢₒ
 *
 * Index legend: i of m examples, k of the taps, o of the positions of δ; images x [m, h, w, c], δ [m, h′, w′, p], channels
 * last. The caller disposes of both tensors. Not differentiable. Undefined where the current backend has no such kernel,
 * so that the caller composes tfjs operations instead.
 *
 * @example
 * const gradients = convolutionKernelGradients(x, delta, [3, 3, 16, 32], { strides: [1, 1], pad: 'same', dilations: [1, 1] })
 */
export function convolutionKernelGradients(
  x: Tensor4D,
  delta: Tensor4D,
  kernelShape: readonly [number, number, number, number],
  window: {
    readonly strides: readonly [number, number]
    readonly pad: 'same' | 'valid' | readonly (readonly [number, number])[]
    readonly dilations: readonly [number, number]
  },
): ConvolutionKernelGradients | undefined {
  if (getKernel(convolutionKernelGradientsName, getBackend()) === undefined) return undefined
  const attributes = { ...window, filterShape: kernelShape } as unknown as NamedAttrMap
  const outputs = engine().runKernel(convolutionKernelGradientsName, { x, dy: delta }, attributes)
  const [sum, squaredNorms] = outputs as unknown as [Tensor4D, Tensor1D]
  return { sum, squaredNorms }
}
