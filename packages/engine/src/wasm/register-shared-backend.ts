import { readWasm } from '#platform'
import * as tf from '@tensorflow/tfjs-core'
import { withSharedMemory } from './with-shared-memory.ts'

/** What tfjs's JavaScript around its WebAssembly needs, and what it makes, as far as it matters here. */
type ModuleFactory = (settings: {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object
}) => Promise<WasmModule>

interface WasmModule {
  cwrap(name: string, returns: 'number' | null, takes: readonly 'number'[]): (...numbers: number[]) => number
  tfjs?: unknown
}

/** As tfjs registers it. */
const priority = 2

/**
 * Registers tfjs's backend `wasm` anew, so that it keeps its tensors in a memory that threads can share: the same JavaScript
 * and the same WebAssembly for one thread, but for one flag. tfjs's own opening loads its files by itself, and has no place
 * for another module.
 *
 * @returns false where the module can't be read or isn't as expected: all is left as tfjs has it.
 */
export async function registerSharedBackend(wasmUrl: string | undefined): Promise<boolean> {
  try {
    const binary = withSharedMemory(await readWasm(wasmUrl))
    if (binary === undefined) return false
    const compiled = await WebAssembly.compile(binary)
    const { BackendWasm } = await import('@tensorflow/tfjs-backend-wasm')
    const { default: makeModule } = await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js')
    tf.removeBackend('wasm')
    tf.registerBackend(
      'wasm',
      async () => {
        const module = await load(makeModule as unknown as ModuleFactory, compiled)
        return new BackendWasm(module as ConstructorParameters<typeof BackendWasm>[0])
      },
      priority,
    )
    return true
  } catch {
    return false
  }
}

async function load(makeModule: ModuleFactory, compiled: WebAssembly.Module): Promise<unknown> {
  const module = await new Promise<WasmModule>((resolve, reject) => {
    const instantiateWasm = (
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ): object => {
      WebAssembly.instantiate(compiled, imports).then(receive, reject)
      return {}
    }
    makeModule({ instantiateWasm }).then(resolve, reject)
  })
  const nothing = (name: string, arity: number): unknown => module.cwrap(name, null, Array(arity).fill('number'))
  module.tfjs = {
    init: nothing('init', 0),
    initWithThreadsCount: nothing('init_with_threads_count', 1),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: nothing('register_tensor', 3),
    disposeData: nothing('dispose_data', 1),
    dispose: nothing('dispose', 0),
  }
  return module
}
