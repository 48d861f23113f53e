import { expect, it } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { reshaped } from './reshaped.ts'
import { splitLaws } from './split-laws.test-support.ts'

splitLaws('reshaped', async () => reshaped(madeUp(9, [24]), [4, 3, 2]))

it('reshaped has the same numbers in another shape', async () => {
  const split = madeUp(9, [24])
  const { inputShape, inputs } = await reshaped(split, [4, 3, 2]).read([3, 1])
  expect([inputShape, inputs]).toEqual([[4, 3, 2], (await split.read([3, 1])).inputs])
})

it('reshaped refuses a shape of more or fewer numbers', () => {
  expect(() => reshaped(madeUp(2, [24]), [4, 3])).toThrow(/shape of 24 numbers, found \[4, 3\] for \[24\]/)
})
