/**
 * A value of plain data as JSON, one text for each value: keys sorted by code unit, no white space.
 *
 * @throws TypeError with the place of whatever JSON would drop or bend: undefined, a number that isn't finite, a
 *   bigint, function or symbol, an object that is neither plain nor an array, a cycle.
 *
 * @example
 * canonicalJson({ b: [1, true], a: null }) // '{"a":null,"b":[1,true]}'
 */
export function canonicalJson(value: unknown): string {
  return jsonAt(value, '$', [])
}

function jsonAt(value: unknown, at: string, above: readonly object[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(at, String(value))
  if (typeof value !== 'object') return refuse(at, typeof value)
  if (above.includes(value)) return refuse(at, 'a cycle')
  const path = [...above, value]
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown, index) => jsonAt(item, `${at}[${index}]`, path))
    return `[${items.join(',')}]`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return refuse(at, value.constructor?.name ?? 'an object')
  const fields = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${jsonAt((value as Record<string, unknown>)[key], `${at}.${key}`, path)}`)
  return `{${fields.join(',')}}`
}

function refuse(at: string, found: string): never {
  throw new TypeError(`canonicalJson: required plain data with finite numbers, found ${found} at ${at}`)
}
