/**
 * The rows of n pictures in the order of their ids: the first of every class by name, then the second of every class.
 * Names are compared by code unit, so that no locale changes the order; equal names keep the order of the rows.
 *
 * @param labels [n] each row's class.
 * @param names [n] each row's name.
 */
export function inTurns(labels: Int32Array, names: readonly string[]): Uint32Array {
  const rows = Uint32Array.from(labels, (_, row) => row)
  const turns = new Uint32Array(labels.length)
  const seen = new Map<number, number>()
  rows.sort((a, b) => labels[a]! - labels[b]! || compare(names[a]!, names[b]!) || a - b)
  for (const row of rows) {
    const label = labels[row]!
    const turn = seen.get(label) ?? 0
    turns[row] = turn
    seen.set(label, turn + 1)
  }
  return rows.toSorted((a, b) => turns[a]! - turns[b]! || labels[a]! - labels[b]!)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
