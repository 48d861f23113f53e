import { openEngine } from '@coherent-gradients/engine'
import { onEachEngine } from '@coherent-gradients/testkit'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import { makeAggregator, type RuleSpec } from './index.ts'

interface Fixture {
  readonly cases: readonly {
    readonly stack: string
    readonly rows: readonly (readonly number[])[]
    readonly expected: readonly { readonly spec: RuleSpec; readonly gradient: readonly number[] }[]
  }[]
}

// Made by fixtures/neighbours.py.
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/neighbours.json', import.meta.url), 'utf8')) as Fixture

onEachEngine('as NumPy has it', openEngine, () => {
  describe.each(cases)('$stack', ({ rows, expected }) => {
    test.each(expected)('$spec', async ({ spec, gradient }) => {
      const made = makeAggregator(spec)
      if (made._tag === 'Left') throw new Error(made.left.message)
      const stack = formedStack(rows)
      const largest = Math.max(...gradient.map(Math.abs))
      const atol = largest * (spec.rule === 'geometric-median' ? 2e-3 : 1e-5)
      expect(await aggregated(made.right, stack)).toBeAllClose([...gradient], { rtol: 1e-5, atol })
      stack.dispose()
    })
  })
})
