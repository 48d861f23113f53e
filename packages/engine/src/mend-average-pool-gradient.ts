import { backend_util, getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

const mended = new Set<string>()

interface Call {
  readonly inputs: { readonly dy: TensorInfo; readonly input: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: {
    readonly filterSize: number | [number, number]
    readonly strides: number | [number, number]
    readonly pad: unknown
  }
}

/**
 * Re-registers a backend's `AvgPoolGrad` so that it is the derivative of its `AvgPool` with padding `same` too.
 *
 * A window at the border averages over the pixels that are there, and tfjs's own kernels for JavaScript, wasm and WebGPU
 * go back as if it had averaged over all of its taps (TensorFlow's doesn't). So δ is first multiplied by taps / pixels.
 * Where every window is whole, the stock kernel runs. Idempotent.
 */
export function mendAveragePoolGradient(backendName: string): void {
  const stock = getKernel('AvgPoolGrad', backendName)
  if (stock == null || mended.has(backendName)) return
  mended.add(backendName)
  const kernelFunc = (call: Call): TensorInfo => {
    const { inputs, backend, attrs } = call
    const run = (dy: TensorInfo): TensorInfo =>
      stock.kernelFunc({ inputs: { ...inputs, dy }, backend, attrs } as never) as TensorInfo
    const factors = tapsOverPixels(call)
    if (factors === undefined) return run(inputs.dy)
    const { values, shape } = factors
    const factor: TensorInfo = { dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32' }
    const scaled = multiply(backendName, backend, inputs.dy, factor)
    const result = run(scaled)
    backend.disposeData(factor.dataId)
    backend.disposeData(scaled.dataId)
    return result
  }
  unregisterKernel('AvgPoolGrad', backendName)
  registerKernel({ ...stock, kernelFunc: kernelFunc as unknown as KernelFunc })
}

/** How many taps a window has for each pixel that it sees: [1, h′, w′, 1]; undefined where that is 1 everywhere. */
function tapsOverPixels({ inputs, attrs }: Call): { values: Float32Array; shape: number[] } | undefined {
  if (attrs.pad !== 'same') return undefined
  const shape = inputs.input.shape as [number, number, number, number]
  const info = backend_util.computePool2DInfo(shape, attrs.filterSize, attrs.strides, 1, 'same')
  const along = (count: number, stride: number, taps: number, before: number, size: number): number[] =>
    Array.from({ length: count }, (_, o) => {
      const first = o * stride - before
      return taps / (Math.min(first + taps, size) - Math.max(first, 0))
    })
  const rows = along(info.outHeight, info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight)
  const columns = along(info.outWidth, info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth)
  const values = Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)))
  return values.every((value) => value === 1) ? undefined : { values, shape: [1, rows.length, columns.length, 1] }
}

function multiply(backendName: string, backend: KernelBackend, a: TensorInfo, b: TensorInfo): TensorInfo {
  const kernel = getKernel('Multiply', backendName)
  if (kernel == null) throw new Error(`mendAveragePoolGradient: backend ${backendName} has no kernel Multiply`)
  return kernel.kernelFunc({ inputs: { a, b }, backend } as never) as TensorInfo
}
