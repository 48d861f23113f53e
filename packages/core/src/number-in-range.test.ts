import { fc, test } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect } from 'vitest'
import { numberInRange } from './number-in-range.ts'

describe('numberInRange', () => {
  test.prop([fc.double({ min: 0, max: 1, noNaN: true })])('takes what lies inside, ends included', (x) => {
    expect(numberInRange('fraction', x, 0, 1)).toEqual(E.right(x))
  })

  test.each([-0.1, 1.5, NaN, Infinity])('refuses %d and names option, range and value', (found) => {
    expect(numberInRange('fraction', found, 0, 1)).toEqual(
      E.left({
        _tag: 'OutOfRange',
        message: `fraction: required a number from 0 to 1, found ${found}`,
        option: 'fraction',
        from: 0,
        to: 1,
        found,
      }),
    )
  })
})
