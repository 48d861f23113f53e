import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

let mended = false

interface Call {
  readonly inputs: { readonly images: TensorInfo; readonly dy: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: { readonly alignCorners: boolean }
}

/**
 * Re-registers `ResizeNearestNeighborGrad` of the backend `cpu`, which takes every example's δ from a wrong place but the
 * first one's: the examples go through it one by one. Idempotent.
 */
export function mendResizeGradient(): void {
  const stock = getKernel('ResizeNearestNeighborGrad', 'cpu')
  if (mended || stock == null) return
  mended = true
  const kernelFunc = (call: Call): TensorInfo => {
    const { inputs, backend, attrs } = call
    const [count] = inputs.images.shape
    if (count! <= 1) return stock.kernelFunc(call as never) as TensorInfo
    const run = (name: string, given: object, attributes: object): TensorInfo =>
      getKernel(name, 'cpu')!.kernelFunc({ inputs: given, backend, attrs: attributes } as never) as TensorInfo
    const example = (x: TensorInfo, i: number): TensorInfo =>
      run('Slice', { x }, { begin: [i, 0, 0, 0], size: [1, ...x.shape.slice(1)] })
    const gradients = Array.from({ length: count! }, (_, i) => {
      const [images, dy] = [example(inputs.images, i), example(inputs.dy, i)]
      const gradient = stock.kernelFunc({ inputs: { images, dy }, backend, attrs } as never) as TensorInfo
      for (const { dataId } of [images, dy]) backend.disposeData(dataId)
      return gradient
    })
    const joined = run('Concat', gradients, { axis: 0 })
    for (const { dataId } of gradients) backend.disposeData(dataId)
    return joined
  }
  unregisterKernel('ResizeNearestNeighborGrad', 'cpu')
  registerKernel({ ...stock, kernelFunc: kernelFunc as unknown as KernelFunc })
}
