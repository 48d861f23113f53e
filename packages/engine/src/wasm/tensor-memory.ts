import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'

/** The linear memory in which tfjs's wasm backend keeps its tensors, as kernels of our own read and write it. */
export interface TensorMemory {
  /** What a module imports as `env.memory`. Allocating may replace `memory.buffer`; addresses stay. */
  readonly memory: WebAssembly.Memory
  /** Where a tensor's numbers begin, in bytes. */
  addressOf(tensor: TensorInfo): number
  /** A tensor of the backend, its numbers not yet written. */
  output(shape: readonly number[], dtype: DataType): TensorInfo
  /** A block of that many bytes. Whoever asked for it frees it. */
  allocate(bytes: number): number
  free(address: number): void
  /** At least that many bytes to work in, until `scratch` is called again. One block, which only grows, for all. */
  scratch(bytes: number): number
}

/** The parts of tfjs's BackendWasm that are needed here; its typings keep some of them protected. */
interface BackendWasm {
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } }
  readonly wasm: {
    readonly asm: {
      readonly memory?: WebAssembly.Memory
      readonly malloc: (bytes: number) => number
      readonly free: (address: number) => void
    }
    _malloc: (bytes: number) => number
  }
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo
}

const known = new WeakMap<object, TensorMemory>()

/**
 * The tensor memory of an open tfjs wasm backend, the same object each time.
 *
 * From the first call on, the backend itself throws a RangeError too when its memory can't grow, or a tensor takes 2 GiB:
 * the stock backend takes address 0, or memory that others use, and writes over what lies there.
 *
 * @throws TypeError where the backend isn't tfjs's wasm backend, or runs its multi-threaded build.
 */
export function tensorMemory(backend: KernelBackend): TensorMemory {
  const before = known.get(backend)
  if (before !== undefined) return before
  const { dataIdMap, wasm, makeOutput } = backend as unknown as Partial<BackendWasm>
  const memory = wasm?.asm?.memory
  if (dataIdMap == null || wasm == null || makeOutput == null || !(memory instanceof WebAssembly.Memory)) {
    throw new TypeError("tensorMemory: required tfjs's wasm backend on one thread, found another backend or threads")
  }
  const { malloc, free } = wasm.asm
  const allocate = (bytes: number): number => {
    // Asked for 2 GiB or more at once, its malloc takes the number for a negative one, and gives memory away twice.
    let address = bytes < 2 ** 31 ? malloc(bytes) >>> 0 : 0
    // Near 4 GiB it reckons past 2³² and gives what is not there.
    if (address + bytes > memory.buffer.byteLength) {
      free(address)
      address = 0
    }
    if (address === 0 && bytes > 0) {
      const held = Math.round(memory.buffer.byteLength / 2 ** 20)
      throw new RangeError(
        `engine wasm: no room for ${bytes} bytes more: its memory holds ${held} MiB, and can grow to 4 GiB in pieces of ` +
          'less than 2 GiB. Take smaller batches, or dispose of tensors that are no longer needed.',
      )
    }
    return address
  }
  wasm._malloc = allocate
  let block = { address: 0, bytes: 0 }
  const made: TensorMemory = {
    memory,
    addressOf: (tensor) => dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape, dtype) => makeOutput.call(backend, shape, dtype),
    allocate,
    free,
    scratch(bytes) {
      if (bytes > block.bytes) {
        if (block.bytes > 0) free(block.address)
        block = { address: 0, bytes: 0 }
        block = { address: allocate(bytes), bytes }
      }
      return block.address
    },
  }
  known.set(backend, made)
  return made
}
