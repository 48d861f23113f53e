export type { Engine, EngineFailure, EngineName, EngineOptions } from './engine.ts'
export { openEngine } from './open-engine.ts'
