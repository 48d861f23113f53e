/** What each column may be called. */
const names = {
  step: ['step'],
  learningRate: ['learningRate', 'learning_rate', 'lr'],
  alpha: ['alpha'],
} as const

export type SeriesColumns = Readonly<Record<keyof typeof names, number>>

/** Where the three columns are among the names of a header; what is wrong where one isn't there, or is there twice. */
export function findColumns(header: readonly string[]): SeriesColumns | string {
  const found: Partial<Record<keyof typeof names, number>> = {}
  for (const [column, accepted] of Object.entries(names) as [keyof typeof names, readonly string[]][]) {
    const places = header.flatMap((name, i) => (accepted.includes(name) ? [i] : []))
    if (places.length !== 1) {
      const how = places.length === 0 ? 'found' : `found ${places.length} of them in`
      return `required a column ${accepted.join(' or ')}, ${how} ${header.map((name) => name || '(no name)').join(', ')}`
    }
    found[column] = places[0]!
  }
  return found as SeriesColumns
}
