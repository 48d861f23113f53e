export type { Engine, EngineFailure, EngineName } from './engine.ts'
export { openEngine } from './open-engine.ts'
