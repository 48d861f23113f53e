import { either as E } from 'fp-ts'
import { expect, it } from 'vitest'
import { nextAfter } from './next-after.ts'
import { planOf, type Plan } from './plan-of.ts'

function planned(experiment: string, ...set: string[]): Plan {
  const plan = planOf({ experiment, scale: 'smoke', engine: 'wasm', set })
  if (E.isLeft(plan)) throw new Error(plan.left.message)
  return plan.right
}

const commands = (plans: readonly Plan[], engine: string): readonly string[] =>
  nextAfter(plans, engine)
    .split('\n')
    .filter((line) => line.startsWith('  npx'))

it('suggests what has not just been run', () => {
  const all = commands([], 'wasm')
  expect(all).toHaveLength(5)
  expect(commands([planned('fig-1')], 'wasm')).toEqual(all)
  expect(commands([planned('fig-1', 'random=labels')], 'wasm')).toEqual(all.slice(1))
  expect(commands([planned('fig-4'), planned('fig-9')], 'wasm')).toEqual([all[0], all[3], all[4]])
  expect(commands([planned('example-2')], 'wasm')).toEqual([all[0], all[1], all[2], all[4]])
})

it('suggests the engine that was asked for', () => {
  for (const command of commands([], 'wasm')) expect(command).not.toContain('--engine')
  for (const command of commands([], 'tensorflow')) expect(command).toMatch(/ --engine tensorflow$/)
})
