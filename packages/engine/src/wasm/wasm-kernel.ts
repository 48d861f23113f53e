import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

/** What a kernel is called with. An optional input that is not given is undefined or null. */
export interface KernelCall<Inputs = Record<string, TensorInfo>, Attributes = Record<string, never>> {
  readonly inputs: Inputs
  readonly backend: KernelBackend
  readonly attrs: Attributes
}

/** A kernel of tfjs's wasm backend that is added or replaced. */
export interface WasmKernel {
  /** tfjs's name of the kernel. */
  readonly name: string
  /** The kernel itself. It may hand what the stock kernel does well on to `stock`, where the backend has one. */
  readonly make: (
    // oxlint-disable-next-line typescript/no-explicit-any -- tfjs types inputs and attributes of all kernels alike
    stock: (call: KernelCall<any, any>) => TensorInfo,
  ) => (call: KernelCall<any, any>) => TensorInfo | readonly TensorInfo[]
}

/** As tfjs types a kernel. */
export function asKernelFunc(
  kernel: (call: KernelCall<never, never>) => TensorInfo | readonly TensorInfo[],
): KernelFunc {
  return kernel as unknown as KernelFunc
}
