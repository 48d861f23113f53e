import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { engine, getBackend, getGradient, getKernel, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

let mended = false

/**
 * Lets the gradient of `Relu` run `ReluGradient` on backends that have it; on others it stays as it was. Second
 * derivatives work as before. Does nothing while tfjs has no gradients (tfjs-layers brings them). Idempotent.
 */
export function mendReluGradient(): void {
  const stock = getGradient('Relu')
  if (mended || stock == null) return
  mended = true
  const kernelName = trainingKernelNames.reluGradient
  const run = (dy: Tensor, x: Tensor): Tensor => engine().runKernel(kernelName, { dy, x }) as Tensor
  unregisterGradient('Relu')
  registerGradient({
    ...stock,
    kernelName: 'Relu',
    gradFunc(dy, saved, attrs) {
      const [x] = saved as [Tensor]
      const fast = x.dtype === 'float32' && getKernel(kernelName, getBackend()) !== undefined
      return fast ? { x: () => run(dy as Tensor, x) } : stock.gradFunc(dy, saved, attrs)
    },
  })
  // Linear in dy; flat in x but at 0.
  registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (ddy, saved) => ({
      dy: () => run(ddy as Tensor, saved[0]!),
      x: () => engine().runKernel('ZerosLike', { x: saved[0]! }) as Tensor,
    }),
  })
}
