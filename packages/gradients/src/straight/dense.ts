import { denseInputGradient } from '@coherent-gradients/kernels/tfjs'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { affine } from '../rules/affine.ts'
import type { Layer } from '../rules/layer-rule.ts'
import type { StraightLayer } from './straight-layer.ts'

interface DenseLayer {
  readonly kernel: { read(): Tensor2D }
  readonly bias: { read(): Tensor1D } | null
  readonly activation: { getClassName(): string } | null
}

/** Dense on vectors, linear or with a ReLU: the product, the bias and the ReLU are one operation where the engine has it. */
export function straightDense(layer: Layer): StraightLayer | undefined {
  const { kernel, bias, activation } = layer as unknown as DenseLayer
  const name = activation?.getClassName() ?? 'linear'
  if (name !== 'linear' && name !== 'relu') return undefined
  return {
    rectifies: name === 'relu',
    forward: (x) => affine(x as Tensor2D, kernel.read(), bias?.read(), name),
    back: (dz: Tensor, x: Tensor, rectified: boolean) =>
      denseInputGradient(dz as Tensor2D, kernel.read(), rectified ? (x as Tensor2D) : undefined),
  }
}
