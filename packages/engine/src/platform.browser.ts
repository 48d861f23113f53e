import type { EngineDefinition } from './engines/engine-definition.ts'

/** The engines that only Node has: none here. */
export const nativeEngines: readonly EngineDefinition[] = []

/** WebGPU, where the browser has it. Rejects with an Error that says how to get it. */
export async function openGpu(_named: boolean): Promise<GPU> {
  const { gpu } = globalThis.navigator
  if (gpu !== undefined) return gpu
  throw new Error(
    globalThis.isSecureContext
      ? 'this browser has no navigator.gpu: use one with WebGPU'
      : 'navigator.gpu is hidden from pages that are not served securely: use https or localhost',
  )
}

/** What to do where no adapter is found. */
export const howToGetAnAdapter: string = "see the browser's own page about its GPU (chrome://gpu, about:support)"

/** What to do where tfjs can't find its .wasm file. */
export const howToFindWasm: string =
  ": give the URL of @tensorflow/tfjs-backend-wasm's dist/tfjs-backend-wasm-simd.wasm as wasmUrl"

/** tfjs's WebAssembly module with SIMD. Rejects where its URL isn't given, or doesn't answer. */
export async function readWasm(url: string | undefined): Promise<Uint8Array> {
  if (url === undefined) throw new Error(`tfjs's module can't be read${howToFindWasm}`)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}
