import type { EngineName } from './engine.ts'
import { engines } from './engines/index.ts'

/** The engines that `openEngine` knows, best first, whether or not they open here. */
export const engineNames: readonly EngineName[] = engines.map((engine) => engine.name)
