/** What became of each seed, in a sentence each. */
export function noteBySeed<Each extends { readonly seed: number }>(
  all: readonly Each[],
  words: (each: Each) => string,
): { readonly note?: string } {
  if (all.length === 0) return {}
  return { note: all.map((each) => `Seed ${each.seed}: ${words(each)}.`).join(' ') }
}
