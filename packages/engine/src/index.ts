export type { Engine, EngineFailure, EngineName, EngineOptions } from './engine.ts'
export { engineNames } from './engine-names.ts'
export { openEngine } from './open-engine.ts'
