import { expect, it } from 'vitest'
import { judgeNumber } from './judge-number.ts'

const base = { claim: 'c', expected: 'e' }

it.each([
  [{ is: 2.5, tolerance: 0.1 }, 2.59, 'reproduced'],
  [{ is: 2.5, tolerance: 0.1 }, 2.61, 'differs'],
  [{ is: 2.5, tolerance: 0.1 }, Number.NaN, 'differs'],
  [{ above: 1 }, 1, 'differs'],
  [{ above: 1 }, 1.1, 'reproduced'],
  [{ below: 1 }, 1, 'differs'],
  [{ below: 1 }, 0.9, 'reproduced'],
  [{ within: [1, 2] as const }, 2, 'reproduced'],
  [{ within: [1, 2] as const }, 2.1, 'differs'],
  [{ above: 0 }, undefined, 'not run'],
] as const)('%j of %d is %s', (condition, measured, outcome) => {
  expect(judgeNumber({ ...base, condition, measured }).outcome).toBe(outcome)
})

it('says why it came out differently, where it did', () => {
  const told = (measured: number | undefined): string | undefined =>
    judgeNumber({ ...base, condition: { above: 1 }, measured, note: 'N.', explanation: 'It is small.' }).note
  expect(told(0)).toBe('It is small. N.')
  expect(told(2)).toBe('N.')
  expect(told(undefined)).toBe('N.')
})

it('says the tolerance and a minus that is one', () => {
  expect(judgeNumber({ ...base, condition: { is: 0, tolerance: 1e-9 }, measured: -0.5 })).toEqual({
    claim: 'c',
    expected: 'e, to within 10⁻⁹',
    measured: '−0.5',
    outcome: 'differs',
    proxy: false,
    number: { value: -0.5 },
  })
})

it('says of no tolerance that the number must be exact', () => {
  const judgement = { ...base, condition: { is: 1, tolerance: 0 }, measured: 1 } as const
  expect(judgeNumber(judgement)).toMatchObject({ expected: 'e, exactly', outcome: 'reproduced' })
})
