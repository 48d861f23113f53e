import { backend_util, getKernel, registerKernel, unregisterKernel, util } from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

interface Call {
  readonly inputs: { readonly x: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: { readonly axis: number | number[]; readonly keepDims: boolean }
}

/** Re-registers webgpu's `Prod` so that small tensors keep their dimensions too where that is asked for. */
export function mendProductOfElements(): void {
  const stock = getKernel('Prod', 'webgpu')
  if (stock == null) throw new Error('mendProductOfElements: webgpu has no kernel Prod')
  const kernelFunc = (call: Call): TensorInfo => {
    const result = stock.kernelFunc(call as never) as TensorInfo
    const { axis, keepDims } = call.attrs
    if (!keepDims) return result
    const { shape } = call.inputs.x
    const axes = util.parseAxisParam(axis, shape)
    const [kept] = backend_util.computeOutAndReduceShapes(shape, axes)
    return { ...result, shape: backend_util.expandShapeToKeepDim(kept, axes) }
  }
  unregisterKernel('Prod', 'webgpu')
  registerKernel({ ...stock, kernelFunc: kernelFunc as unknown as KernelFunc })
}
