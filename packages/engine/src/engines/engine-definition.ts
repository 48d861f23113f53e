import type { Engine, EngineName, EngineOptions } from '../engine.ts'

/** How an engine is asked for. */
interface EngineRequest extends EngineOptions {
  /** Whether it was asked for by name; false for the automatic choice. */
  readonly named: boolean
}

/** How one engine is opened. Adding an engine is one such file and one line in `engines/index.ts`. */
export interface EngineDefinition {
  readonly name: EngineName
  /** Whether the automatic choice may take it. */
  readonly automatic: boolean
  /** Makes the backend current. Rejects with an Error whose message says why it can't be opened here. */
  open(request: EngineRequest): Promise<Engine>
}
