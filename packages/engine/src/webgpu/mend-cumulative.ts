import { getKernel, registerKernel, unregisterKernel, util } from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

interface Call {
  readonly inputs: { readonly x: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }
}

/**
 * Re-registers webgpu's `Cumsum` and `Cumprod` so that `reverse` is right for every length and an axis may be counted from
 * the end. tfjs's shader for `reverse` has the length written into it, and is then taken for other lengths too: here the
 * axis is turned round, summed forwards, and turned back. The gradients of products need it.
 */
export function mendCumulative(): void {
  const turn = getKernel('Reverse', 'webgpu')
  for (const name of ['Cumsum', 'Cumprod']) {
    const stock = getKernel(name, 'webgpu')
    if (stock == null || turn == null) throw new Error(`mendCumulative: webgpu has no kernel ${name} or no Reverse`)
    const kernelFunc = ({ inputs, backend, attrs }: Call): TensorInfo => {
      const run = (kernel: KernelFunc, x: TensorInfo, more: object): TensorInfo =>
        kernel({ inputs: { x }, backend, attrs: { ...more } }) as TensorInfo
      const dims = util.parseAxisParam(attrs.axis, inputs.x.shape)
      const forwards = { axis: dims[0]!, exclusive: attrs.exclusive, reverse: false }
      if (!attrs.reverse) return run(stock.kernelFunc, inputs.x, forwards)
      const turned = run(turn.kernelFunc, inputs.x, { dims })
      const summed = run(stock.kernelFunc, turned, forwards)
      const result = run(turn.kernelFunc, summed, { dims })
      backend.disposeData(turned.dataId)
      backend.disposeData(summed.dataId)
      return result
    }
    unregisterKernel(name, 'webgpu')
    registerKernel({ ...stock, kernelFunc: kernelFunc as unknown as KernelFunc })
  }
}
