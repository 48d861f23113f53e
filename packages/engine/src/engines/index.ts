import { nativeEngines } from '#platform'
import { cpu } from './cpu.ts'
import type { EngineDefinition } from './engine-definition.ts'
import { wasm } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** Every engine that can be opened, best first. */
export const engines: readonly EngineDefinition[] = [...nativeEngines, webgpu, wasm, cpu]
