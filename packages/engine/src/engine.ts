import type { Failure } from '@coherent-gradients/core'

/** The engines by name, best first: the order of the automatic choice. */
export type EngineName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu'

/** A tfjs backend that is open and current. */
export interface Engine {
  readonly name: EngineName
  /** The tfjs backend's own name: `wasm`, `cpu`, `tensorflow`, `webgpu`. */
  readonly backend: string
  /** One line for a person: `wasm (tfjs 4.22.0, 2 threads)`. */
  readonly description: string
  /** True where the same program gives the same bytes on every machine. */
  readonly reproducible: boolean
  /** True for a GPU's engine on an adapter in software: for tests, and very slow. */
  readonly inSoftware?: boolean
}

/** What opening an engine may be told. */
export interface EngineOptions {
  /**
   * The URL of `@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`, for `wasm` in a browser. Node finds the
   * file by itself.
   */
  readonly wasmUrl?: string
}

export type EngineFailure =
  | Failure<'UnknownEngine', { name: string; known: readonly string[] }>
  | Failure<'EngineUnavailable', { name: EngineName; reason: string }>
