import { either as E, taskEither as TE } from 'fp-ts'
import type { Engine, EngineFailure, EngineOptions } from './engine.ts'
import { engines } from './engines/index.ts'

/**
 * Opens an engine and makes it current: the one named, or the best that opens for `auto`.
 *
 * A named engine is opened or the call fails: nothing is put in its place. `auto` tries the engines best first and says
 * in {@link Engine.description} what it took.
 *
 * @returns `UnknownEngine` for a name that isn't one, `EngineUnavailable` with the reason where it doesn't open here.
 *
 * @example
 * const engine = await openEngine('wasm')()   // right({ name: 'wasm', … })
 */
export function openEngine(name: string = 'auto', options: EngineOptions = {}): TE.TaskEither<EngineFailure, Engine> {
  return async () => {
    const known = engines.map((engine) => engine.name)
    const candidates =
      name === 'auto' ? engines.filter((engine) => engine.automatic) : engines.filter((engine) => engine.name === name)
    if (candidates.length === 0) {
      const message = `unknown engine '${name}': choose auto, ${known.join(', ')}`
      return E.left({ _tag: 'UnknownEngine', message, name, known })
    }
    const reasons: string[] = []
    for (const candidate of candidates) {
      try {
        return E.right(await candidate.open({ ...options, named: name !== 'auto' }))
      } catch (error) {
        reasons.push(
          `engine ${candidate.name} can't be opened: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    }
    const message = reasons.join('; ')
    return E.left({ _tag: 'EngineUnavailable', message, name: candidates[0]!.name, reason: message })
  }
}
