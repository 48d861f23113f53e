import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { runId } from './run-id.ts'

/** The same value with the keys of every object in another order. */
function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, field]) => [key, withKeysReversed(field)]),
  )
}

describe('canonicalJson', () => {
  test.prop([fc.jsonValue({ noUnicodeString: false })])('is JSON of the same value', (value) => {
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
  })

  test.prop([fc.jsonValue()])('does not depend on the order of keys', (value) => {
    expect(canonicalJson(withKeysReversed(value))).toBe(canonicalJson(value))
  })

  it('sorts keys and leaves lists alone', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' }, 10: 1, 9: 2 })).toBe(
      '{"10":1,"9":2,"a":{"c":"x","d":null},"b":[2,1]}',
    )
  })

  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  it.each([
    [{ a: [1, Number.NaN] }, 'NaN at $.a[1]'],
    [{ a: Infinity }, 'Infinity at $.a'],
    [{ a: undefined }, 'undefined at $.a'],
    [Array.from({ length: 1 }), 'undefined at $[0]'],
    [1n, 'bigint at $'],
    [{ f: Math.abs }, 'function at $.f'],
    [{ when: new Date(0) }, 'Date at $.when'],
    [Float32Array.of(1), 'Float32Array at $'],
    [new Map(), 'Map at $'],
    [cycle, 'a cycle at $.self'],
  ])('refuses what JSON would drop or bend: %o', (value, found) => {
    expect(() => canonicalJson(value)).toThrow(`canonicalJson: required plain data with finite numbers, found ${found}`)
  })

  it('takes one object twice, which is no cycle', () => {
    const shared = { x: 1 }
    expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]')
  })
})

describe('runId', () => {
  test.prop([fc.jsonValue()])('is the same for the same spec, stored and read again or not', (spec) => {
    expect(runId(withKeysReversed(spec))).toBe(runId(spec))
    expect(runId(JSON.parse(JSON.stringify(spec)))).toBe(runId(spec))
    expect(runId(spec)).toMatch(/^[0-9a-f]{12}$/)
  })

  test.prop([fc.jsonValue(), fc.jsonValue()])('differs where the specs differ', (a, b) => {
    expect(runId(a) === runId(b)).toBe(canonicalJson(a) === canonicalJson(b))
  })

  it('stays what it was: folders are named by it', () => {
    expect(runId({ seed: 1, arm: 'real' })).toBe('68829ab701d4')
  })
})
