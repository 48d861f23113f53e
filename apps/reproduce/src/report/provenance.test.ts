import { describe, expect, it } from 'vitest'
import { provenanceOf, type RunOrigin } from './provenance.ts'

const [old, now] = ['a'.repeat(40), 'b'.repeat(40)]
const origin = (revision: string | null, sha256 = '1'): RunOrigin => ({ revision, data: { train: { sha256 } } })
const changedSince = (revision: string): boolean | undefined => ({ [old]: true, [now]: false })[revision]

describe('provenanceOf', () => {
  it('is fresh where every run was made and the source has not changed', () => {
    const { state, reasons, revisions } = provenanceOf({ origins: [origin(now), origin(now)], changedSince })
    expect({ state, reasons, revisions }).toEqual({ state: 'fresh', reasons: [], revisions: ['bbbbbbbbbb'] })
  })

  it.each([
    ['the source has changed', [origin(now), origin(old)], /changed since revision aaaaaaaaaa/],
    ['a run was made from files of no commit', [origin(`${now}+`)], /differed from revision bbbbbbbbbb\+/],
    ['a run that is asked for now is not there', [origin(now), undefined], /1 of the 2 runs/],
  ] as const)('is stale where %s', (_, origins, reason) => {
    const { state, reasons } = provenanceOf({ origins, changedSince })
    expect(state).toBe('stale')
    expect(reasons.join()).toMatch(reason)
  })

  it.each([
    ['outside of a checkout', null],
    ['at a revision that nobody knows', 'c'.repeat(40)],
  ])('is unknown where a run was made %s', (_, revision) => {
    expect(provenanceOf({ origins: [origin(revision)], changedSince }).state).toBe('unknown')
    expect(provenanceOf({ origins: [origin(revision), origin(old)], changedSince }).state).toBe('stale')
  })

  it('tells all data by one hash, whatever the order of the runs', () => {
    const [a, b] = [origin(now, '1'), origin(now, '2')]
    const hash = provenanceOf({ origins: [a, b, a], changedSince }).data
    expect(hash).toMatch(/^[0-9a-f]{12}$/)
    expect(provenanceOf({ origins: [b, a], changedSince }).data).toBe(hash)
    expect(provenanceOf({ origins: [a], changedSince }).data).not.toBe(hash)
    expect(provenanceOf({ origins: [{ revision: now, data: {} }], changedSince }).data).toBeUndefined()
  })
})
