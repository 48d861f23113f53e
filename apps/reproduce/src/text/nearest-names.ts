/**
 * The names that somebody may have meant who typed another: those that begin with it, and those that fewest letters have to
 * be put in, left out or changed for, where these are two fifths of what was typed at most; three at most.
 *
 * @example
 * nearestNames('fig1', ['fig-1', 'fig-11', 'zhang']) // ['fig-1']
 */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const word = typed.toLowerCase()
  const far = names.map((name) => ({ name, distance: distanceOf(word, name) }))
  const least = Math.min(...far.map(({ distance }) => distance))
  const close = least <= Math.max(1, 0.4 * word.length) ? far.filter(({ distance }) => distance === least) : []
  const found = close.length > 0 ? close.map(({ name }) => name) : names.filter((name) => begins(name, word))
  return found.slice(0, 3)
}

const begins = (name: string, word: string): boolean => word.length >= 3 && name.startsWith(word)

/** Letters put in, left out or changed (Levenshtein's distance), a row of the table at a time. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, above[j]! + 1, row[j - 1]! + 1))
    }
  }
  return row[b.length]!
}
