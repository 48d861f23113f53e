import { readWasm } from '#platform'
import { withSharedMemory } from './with-shared-memory.ts'

/**
 * A URL of tfjs's WebAssembly module with a memory that threads can share. Undefined where the module can't be read, isn't
 * as expected, or a URL made here can't be fetched, which a page's security policy may forbid: tfjs takes its own then.
 */
export async function sharedModuleUrl(wasmUrl: string | undefined): Promise<string | undefined> {
  try {
    const module = withSharedMemory(await readWasm(wasmUrl))
    if (module === undefined || !WebAssembly.validate(module)) return undefined
    const url = URL.createObjectURL(new Blob([module], { type: 'application/wasm' }))
    return (await fetch(url)).ok ? url : undefined
  } catch {
    return undefined
  }
}
