import { isShared } from './threads/is-shared.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** A generated module: one entry compiled for a memory of one thread, and for one that threads share. */
export interface CompiledEntry {
  readonly wasm: string
  readonly sharedWasm: string
}

const modules = new Map<string, WebAssembly.Module>()

/** The module of a compiled entry (`src/generated/`), compiled once. */
export function compiled(wasm: string): WebAssembly.Module {
  let module = modules.get(wasm)
  if (module === undefined) {
    module = new WebAssembly.Module(Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)))
    modules.set(wasm, module)
  }
  return module
}

/**
 * An instance of a compiled entry over a memory: a new one, or somebody else's, whose bytes it leaves as they are until it
 * is called.
 *
 * @example
 * instantiate<{ sum(values: number, n: number): number }>(entry, new WebAssembly.Memory({ initial: 1 })).sum(0, 4)
 */
export function instantiate<Exports>({ wasm, sharedWasm }: CompiledEntry, memory: WasmMemory): Exports {
  const module = compiled(isShared(memory) ? sharedWasm : wasm)
  return new WebAssembly.Instance(module, { env: { memory: memory as WebAssembly.Memory } }).exports as Exports
}
