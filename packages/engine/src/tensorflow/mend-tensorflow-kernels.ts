import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import { findBackend, getKernel, registerKernel, unregisterKernel, util } from '@tensorflow/tfjs-core'
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'
import { typeOf, type NodeBackend } from './node-backend.ts'
import { matMul, reduced } from './operations.ts'
import { trainingKernels } from './training-kernels.ts'

let mended = false

/** One call of a kernel. */
interface Call<Inputs, Attributes> {
  readonly inputs: Inputs
  readonly backend: NodeBackend
  readonly attrs: Attributes
}

type Kernel<Inputs, Attributes> = (call: Call<Inputs, Attributes>) => TensorInfo

interface OfOne {
  readonly x: TensorInfo
}

/**
 * Re-registers kernels of tfjs-node that cost more than they need, and adds those of a training step. Each TensorFlow operation takes 20 µs with
 * the way to it, and a training step of the MNIST network had 142.
 *
 * - `Reshape` to the shape that the tensor has, and `Cast` to its type: the same data, no operation. tfjs reshapes
 *   gradients to what they mostly are already.
 * - `Step`: the sign of what ReLU leaves, two operations in place of seven.
 * - `BatchMatMul` of two matrices by `MatMul`, which oneDNN does a fifth faster than a batch of one.
 * - `Mean` and `Sum`: the list of axes is kept, which takes longer to make than many a sum.
 * - {@link trainingKernels}: on a GPU but for the one that reads what it works on.
 *
 * Idempotent. Throws an Error where tfjs-node's kernels aren't loaded.
 */
export function mendTensorflowKernels(): void {
  if (mended) return
  mend<OfOne, { shape: number[] }>('Reshape', (stock) => (call) => {
    const { x } = call.inputs
    const shape = util.inferFromImplicitShape(call.attrs.shape, util.sizeFromShape(x.shape))
    return util.arraysEqual(x.shape, shape) ? shared(call.backend, x) : stock(call)
  })
  mend<OfOne, { dtype: string }>('Cast', (stock) => (call) => {
    const { x } = call.inputs
    return call.attrs.dtype === x.dtype ? shared(call.backend, x) : stock(call)
  })
  mend<OfOne, { alpha: number }>('Step', (stock) => (call) => {
    const { inputs, backend, attrs } = call
    if (attrs.alpha !== 0 || inputs.x.dtype !== 'float32') return stock(call)
    const positive = backend.executeSingleOutput('Relu', [typeOf(backend, inputs.x)], [inputs.x])
    const sign = backend.executeSingleOutput('Sign', [typeOf(backend, positive)], [positive])
    positive.dispose()
    return sign
  })
  mend<{ a: TensorInfo; b: TensorInfo }, { transposeA: boolean; transposeB: boolean }>(
    'BatchMatMul',
    (stock) => (call) => {
      const { inputs, backend, attrs } = call
      const { a, b } = inputs
      if (a.shape.length !== 2 || b.shape.length !== 2) return stock(call)
      return matMul(backend, a, b, attrs)
    },
  )
  for (const operation of ['Mean', 'Sum'] as const) {
    mend<OfOne, { axis: number | number[]; keepDims?: boolean }>(operation, (stock) => (call) => {
      const { inputs, backend, attrs } = call
      if (inputs.x.dtype !== 'float32') return stock(call)
      return reduced(backend, operation, inputs.x, util.parseAxisParam(attrs.axis, inputs.x.shape), attrs.keepDims)
    })
  }
  const { isUsingGpuDevice } = findBackend('tensorflow') as NodeBackend
  for (const [kernelName, kernel] of Object.entries(trainingKernels)) {
    if (kernelName === trainingKernelNames.countCorrect && isUsingGpuDevice) continue
    registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc: kernel as unknown as KernelFunc })
  }
  mended = true
}

/** Two tensors on one set of data. */
function shared(backend: NodeBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId)
  return { dataId, shape, dtype }
}

function mend<Inputs, Attributes>(
  kernelName: string,
  make: (stock: Kernel<Inputs, Attributes>) => Kernel<Inputs, Attributes>,
): void {
  const stock = getKernel(kernelName, 'tensorflow')
  if (stock == null) throw new Error(`engine tensorflow has no kernel ${kernelName}`)
  const kernelFunc = make(stock.kernelFunc as unknown as Kernel<Inputs, Attributes>) as unknown as KernelFunc
  unregisterKernel(kernelName, 'tensorflow')
  registerKernel({ ...stock, kernelFunc })
}
