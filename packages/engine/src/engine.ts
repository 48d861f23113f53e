import type { Failure } from '@coherent-gradients/core'

/** The engines by name, best first: the order of the automatic choice. */
export type EngineName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu'

/** A tfjs backend that is open and current. */
export interface Engine {
  readonly name: EngineName
  /** The tfjs backend's own name: `wasm`, `cpu`, `tensorflow`, `webgpu`. */
  readonly backend: string
  /** One line for a person: `wasm (tfjs 4.22.0, SIMD, one thread)`. */
  readonly description: string
  /** True where the same program gives the same bytes on every machine. */
  readonly reproducible: boolean
}

/** What opening an engine may be told. */
export interface EngineOptions {
  /**
   * Where tfjs's three .wasm files are, for `wasm` in a browser: the folder's URL with a slash at its end, or the URL of
   * each by its file name. Node finds them by itself.
   */
  readonly wasmPaths?: string | Readonly<Record<string, string>>
}

export type EngineFailure =
  | Failure<'UnknownEngine', { name: string; known: readonly string[] }>
  | Failure<'EngineUnavailable', { name: EngineName; reason: string }>
