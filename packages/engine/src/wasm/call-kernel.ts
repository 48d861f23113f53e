import { getKernel } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'

/** Calls a kernel of the wasm backend by name, the mended one where there is one. Whoever calls frees the result. */
export function callKernel(
  backend: KernelBackend,
  name: string,
  inputs: Readonly<Record<string, TensorInfo | null | undefined>>,
  attrs: Readonly<Record<string, unknown>> = {},
): TensorInfo {
  const kernel = getKernel(name, 'wasm')
  if (kernel == null) throw new Error(`engine wasm has no kernel ${name}`)
  const call = { inputs, backend, attrs } as unknown as Parameters<typeof kernel.kernelFunc>[0]
  return kernel.kernelFunc(call) as TensorInfo
}
