import type { WasmMemory } from '../wasm-memory.ts'

/** Whether threads can share a memory. Browsers hide the class from pages that aren't cross-origin isolated. */
export function isShared(memory: WasmMemory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer
}
