/** A memory of the kernels' own, laid out anew for each call. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory
  /** Where blocks of so many bytes begin, one after the other; what stood there before is forgotten. */
  layOut(sizes: readonly number[]): number[]
  write(address: number, values: Float32Array): void
  view(address: number, length: number): Float32Array
}

const pageBytes = 2 ** 16

/**
 * A memory that grows as far as it must.
 *
 * `layOut` throws a RangeError where it can't: required and found bytes, and what to do.
 */
export function kernelMemory({
  shared,
  maximumBytes,
}: {
  readonly shared: boolean
  readonly maximumBytes: number
}): KernelMemory {
  const maximum = Math.max(1, Math.ceil(maximumBytes / pageBytes))
  const memory = new WebAssembly.Memory({ initial: 1, maximum, shared })
  return {
    memory,
    layOut(sizes) {
      let end = 64
      const addresses = sizes.map((size) => {
        const address = end
        end = Math.ceil((end + size) / 64) * 64
        return address
      })
      const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes)
      try {
        if (missing > 0) memory.grow(missing)
      } catch (cause) {
        throw new RangeError(
          `kernels: required a memory of ${pages(end)}, found that it holds ${pages(memory.buffer.byteLength)} ` +
            `and can grow to ${pages(maximum * pageBytes)} at most. Give fewer columns or rows at a time, or a larger maximumBytes.`,
          { cause },
        )
      }
      return addresses
    },
    write: (address, values) => new Float32Array(memory.buffer, address, values.length).set(values),
    view: (address, length) => new Float32Array(memory.buffer, address, length),
  }
}

/** Bytes in whole pages, in which alone a memory grows, so that what is required always exceeds what there can be. */
function pages(bytes: number): string {
  return `${((Math.ceil(bytes / pageBytes) * pageBytes) / 2 ** 10).toLocaleString('en-US')} KiB`
}
