import { openEngine, type EngineFailure, type EngineName } from '@coherent-gradients/engine'
import { taskEither as TE } from 'fp-ts'

/** What `--engine` takes. */
export type EngineChoice = EngineName | 'auto'

/** An engine's name: the one chosen, or for `auto` that of the best engine that opens here. Runs are known by it. */
export function nameEngine(choice: string): TE.TaskEither<EngineFailure, string> {
  if (choice !== 'auto') return TE.right(choice)
  return TE.map((engine: { readonly name: EngineName }) => engine.name)(openEngine('auto'))
}
