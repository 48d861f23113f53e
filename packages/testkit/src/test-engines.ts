/**
 * The engines that a test about engines covers, by name: `wasm` and `cpu`, which open everywhere, or those that the
 * environment variable `COHERENT_GRADIENTS_ENGINES` names, with commas between them. What is named there and doesn't open
 * fails the tests; nothing is skipped.
 *
 * @example
 * describe.each(testEngines)('train on %s', (engine) => { … })
 */
export const testEngines: readonly [string, ...string[]] = enginesOf(process.env['COHERENT_GRADIENTS_ENGINES'])

/** The names in such a list; `wasm` and `cpu` where there is none. */
export function enginesOf(list: string | undefined): readonly [string, ...string[]] {
  const [first, ...rest] = (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return first === undefined ? ['wasm', 'cpu'] : [first, ...rest]
}
