/** A `WebAssembly.Memory`, by what every runtime's typings of it have in common. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike
}
