import { openEngine } from '@coherent-gradients/engine'
import type { AggregatorState } from '@coherent-gradients/gradients'
import { onEachEngine, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { formedStack } from './hand-made-stack.test-support.ts'
import { chain, grokfast, makeAggregator, mean } from './index.ts'

const weights = [{ name: 'w', shape: [4] }]

/** Every gradient that comes out; `between` sees the memory after each step. */
async function steps(
  options: { decay: number; gain: number },
  gradients: readonly (readonly number[])[],
  between: (state: AggregatorState) => AggregatorState = (state) => state,
): Promise<number[][]> {
  const filter = grokfast(options)
  const given: number[][] = []
  let state = filter.init(weights)
  for (const gradient of gradients) {
    const w = tf.tensor1d([...gradient])
    const { gradient: next, state: after } = filter.update({ w }, state)
    given.push([...(await next['w']!.data())])
    tf.dispose([w, next, state])
    state = between(after)
  }
  tf.dispose(state)
  return given
}

/** g + λ μ in float64, with μ = g at the first step. */
function byDefinition({ decay, gain }: { decay: number; gain: number }, gradients: readonly number[][]): number[][] {
  let slow = gradients[0]!
  return gradients.map((gradient) => {
    slow = slow.map((x, j) => decay * x + (1 - decay) * gradient[j]!)
    return gradient.map((x, j) => x + gain * slow[j]!)
  })
}

onEachEngine('grokfast', openEngine, () => {
  test.prop([stacks({ rows: { min: 1, max: 8 } }), fc.constantFrom(0, 0.5, 0.98, 1), fc.constantFrom(0, 2, 5)], {
    numRuns: 20,
  })('adds the slow gradient, and leaves no tensor', async (gradients, decay, gain) => {
    const before = tf.memory().numTensors
    const largest = Math.max(...gradients.flat().map(Math.abs))
    const found = await steps({ decay, gain }, gradients)
    expect(found).toBeAllClose(byDefinition({ decay, gain }, gradients), { rtol: 0, atol: largest * 1e-5 + 1e-30 })
    if (gain === 0) expect(found.flat().map((x) => x + 0)).toEqual(gradients.flat().map((x) => Math.fround(x) + 0))
    expect(tf.memory().numTensors).toBe(before)
  })

  test('resumed from its memory it gives the same bytes', async () => {
    const gradients = Array.from({ length: 6 }, (_, t) => [0, 1, 2, 3].map((j) => Math.sin(5 * t + j)))
    const stored = (state: AggregatorState): AggregatorState =>
      Object.fromEntries(
        Object.entries(state).map(([name, tensor]) => {
          expect(tensor.dtype).toBe('float32')
          const copy = tf.tensor(tensor.dataSync().slice(), tensor.shape)
          tensor.dispose()
          return [name, copy]
        }),
      )
    const options = { decay: 0.9, gain: 2 }
    expect(await steps(options, gradients, stored)).toEqual(await steps(options, gradients))
  })

  test('stands behind a rule, by its name in a spec too', async () => {
    const rule = chain(mean(), grokfast())
    expect(rule.name).toBe('chain(mean, grokfast(0.98, 2))')
    const made = makeAggregator({ rule: 'chain', stages: [{ rule: 'mean' }, { stage: 'grokfast', gain: 5 }] })
    expect(made._tag === 'Right' && made.right.name).toBe('chain(mean, grokfast(0.98, 5))')
    const before = tf.memory().numTensors
    const stack = formedStack([
      [1, 2],
      [3, 6],
    ])
    const state = rule.init(stack.blocks)
    const next = rule.aggregate(stack, state)
    expect((await next.gradient['d/kernel']!.data())[0]).toBeCloseTo(6)
    tf.dispose([state, next.state, next.gradient])
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each([
    [{ decay: 1.5 }, /grokfast, option decay: required a number from 0 to 1, found 1.5/],
    [{ gain: -1 }, /grokfast, option gain: required a number ≥ 0, found -1/],
  ])('refuses %o', (options, message) => {
    expect(() => grokfast(options)).toThrow(message)
  })
})
