import { describe, expect, it } from 'vitest'
import { timeTaken } from './time-taken.ts'
import { timeWords } from './time-words.ts'

describe('timeTaken', () => {
  it('counts what was made at the same time once, and pauses not at all', () => {
    const spans = [
      [0, 100],
      [50, 160],
      [60, 70],
      [1000, 1040],
    ] as const
    expect(timeTaken(spans.map((span) => ({ span, elapsed: 1 })))).toEqual({ ms: 200, of: 'wall' })
  })

  it('adds runs up where a span is not known', () => {
    expect(timeTaken([{ span: [0, 100] }, { elapsed: 30 }])).toEqual({ ms: 130, of: 'runs' })
  })

  it('says nothing where nothing is known', () => {
    expect(timeTaken([])).toBeUndefined()
    expect(timeTaken([{ span: [0, 100] }, {}])).toBeUndefined()
  })

  it.each([
    [400, '1 s'],
    [59_000, '59 s'],
    [59_900, '1.0 min'],
    [252_000, '4.2 min'],
    [599_000, '10 min'],
    [1_830_000, '31 min'],
  ])('shows %i ms as %s', (ms, words) => {
    expect(timeWords({ ms, of: 'wall' })).toBe(words)
    expect(timeWords({ ms, of: 'runs' })).toBe(`${words} of runs`)
  })
})
