import { expect, it } from 'vitest'
import { nearestNames } from './nearest-names.ts'

const names = ['fig-1', 'fig-4', 'fig-6', 'fig-6-labels', 'fig-11', 'label-noise', 'suspects', 'zhang']

it.each([
  ['fig1', ['fig-1']],
  ['Fig-4', ['fig-4']],
  ['fig-6-label', ['fig-6-labels']],
  ['labelnoise', ['label-noise']],
  ['label', ['label-noise']],
  ['zang', ['zhang']],
  ['suspect', ['suspects']],
  ['fig-99', ['fig-1', 'fig-4', 'fig-6']],
  ['fig-12', ['fig-1', 'fig-11']],
  ['fgi-1', ['fig-1']],
  ['frobnicate', []],
  ['', []],
])('takes %s for %j', (typed, meant) => {
  expect(nearestNames(typed, names)).toEqual(meant)
})
