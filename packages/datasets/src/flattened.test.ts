import { expect, it } from 'vitest'
import { flattened } from './flattened.ts'
import { madeUp } from './made-up.test-support.ts'
import { splitLaws } from './split-laws.test-support.ts'

splitLaws('flattened', async () => flattened(madeUp(9, [4, 3, 2])))

it('flattened has the same numbers in one axis', async () => {
  const split = madeUp(9, [4, 3, 2])
  const { inputShape, inputs } = await flattened(split).read([3, 1])
  expect([inputShape, inputs]).toEqual([[24], (await split.read([3, 1])).inputs])
})
