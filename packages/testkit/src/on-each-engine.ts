import { beforeAll, describe } from 'vitest'
import { rightOf, type Outcome } from './right-of.ts'
import { testEngines } from './test-engines.ts'

/**
 * Registers tests once for each of {@link testEngines}, in a group `subject on wasm`, which opens the engine first.
 *
 * @param openEngine that of the package engine, which this one doesn't import.
 *
 * @example
 * onEachEngine('mean', openEngine, (engine) => {
 *   test('of one row is that row', () => …)
 * })
 */
export function onEachEngine(
  subject: string,
  openEngine: (name: string) => () => Promise<Outcome<{ readonly message: string }, unknown>>,
  tests: (engine: string) => void,
): void {
  describe.each(testEngines)(`${subject} on %s`, (engine) => {
    beforeAll(async () => {
      rightOf(await openEngine(engine)())
    })
    tests(engine)
  })
}
