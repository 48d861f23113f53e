import { openEngine } from '@coherent-gradients/engine'
import type { AggregatorState, GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import { rightOf, stacks, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { clippedAround } from './by-rows.test-support.ts'
import { norm, type Rows } from './definition.test-support.ts'
import { denseStack, formedStack } from './hand-made-stack.test-support.ts'
import { centredClipping, makeAggregator, makeCentredClipping, type CentredClippingOptions } from './index.ts'

/** What the rule gives in each step. Frees everything. */
async function gradientsOf(options: CentredClippingOptions, steps: readonly Rows[]): Promise<number[][]> {
  const rule = centredClipping(options)
  let state: AggregatorState | undefined
  const gradients: number[][] = []
  for (const rows of steps) {
    const stack = formedStack(rows)
    state ??= rule.init(stack.blocks)
    const made = rule.aggregate(stack, state)
    const values = await Promise.all(stack.blocks.map(({ name }) => made.gradient[name]!.data()))
    gradients.push(values.flatMap((each) => [...each]))
    tf.dispose([state, made.gradient])
    state = made.state
    stack.dispose()
  }
  tf.dispose(state ?? {})
  return gradients
}

const apart = (a: readonly number[], b: readonly number[]): number => norm(a.map((x, j) => x - b[j]!))

const m = 9
/** Nine rows of four numbers between −1 and 1: within R = 2 of 0. */
const honestRows = fc.array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
  minLength: m,
  maxLength: m,
})
const sign = fc.array(fc.constantFrom(-1, 1), { minLength: 4, maxLength: 4 })

describe.each(testEngines)('centredClipping on %s', (engine) => {
  beforeAll(async () => void rightOf(await openEngine(engine)()))

  test.prop([stacks({ rows: 6, columns: 4 }), stacks({ rows: 6, columns: 4 }), fc.constantFrom(0.1, 1, 100)], {
    numRuns: 15,
  })('equals the definition step after step, and leaves no tensor', async (first, second, radius) => {
    const before = tf.memory().numTensors
    const steps = [first, second, first]
    const found = await gradientsOf({ radius, iterations: 2 }, steps)
    expect(tf.memory().numTensors).toBe(before)
    let centre: readonly number[] = first[0]!.map(() => 0)
    for (const [t, rows] of steps.entries()) {
      centre = clippedAround(centre, rows, radius, 2)
      expect(apart(found[t]!, centre)).toBeLessThanOrEqual(5e-4 * Math.max(...steps.flat().map(norm)) + 1e-18)
    }
  })

  test.prop([honestRows], { numRuns: 10 })('is the mean of rows that are all near', async (rows) => {
    const [gradient] = await gradientsOf({ radius: 10 }, [rows])
    expect(gradient).toBeAllClose(
      [0, 1, 2, 3].map((j) => rows.reduce((sum, row) => sum + row[j]!, 0) / m),
      { rtol: 0, atol: 1e-5 },
    )
  })

  test.prop([honestRows, sign, fc.constantFrom(1e2, 1e8), fc.integer({ min: 1, max: m }), fc.constantFrom(1, 3)], {
    numRuns: 20,
  })('moves by at most Lτ in a step, and 2bLτ/m for b rows of anything', async (rows, way, size, b, iterations) => {
    const options = { radius: 0.5, iterations }
    const spoilt = rows.map((row, i) => (i < b ? way.map((s) => s * size) : row))
    const [[start, honest], [, found]] = [
      await gradientsOf(options, [rows, rows]),
      await gradientsOf(options, [rows, spoilt]),
    ]
    expect(apart(found!, start!)).toBeLessThanOrEqual(0.5 * iterations + 1e-4)
    expect(apart(found!, honest!)).toBeLessThanOrEqual((2 * b * iterations * 0.5) / m + 1e-4)
  })

  test.prop([honestRows, sign, fc.constantFrom(3, 1e2, 1e8)], { numRuns: 5 })(
    'bears four rows of nine in every step',
    async (rows, way, size) => {
      const b = 4
      const spoilt = rows.map((row, i) => (i < b ? way.map((s) => s * size) : row))
      const gradients = await gradientsOf(
        { radius: 1, iterations: 10 },
        Array.from({ length: 12 }, () => spoilt),
      )
      const bound = 1 + (2 * (m - b)) / Math.sqrt(m * (m - 2 * b))
      for (const each of gradients) expect(norm(each)).toBeLessThanOrEqual(bound + 1e-3)
    },
  )

  it('is led away by five rows of nine, (2b − m)Lτ/m a step', async () => {
    const rows = Array.from({ length: m }, (_, i) => [0, 1, 2, 3].map((j) => (i < 5 ? 1e6 : Math.sin(4 * i + j))))
    const gradients = await gradientsOf(
      { radius: 1, iterations: 45 },
      Array.from({ length: 8 }, () => rows),
    )
    const lengths = gradients.map(norm)
    for (const t of [5, 6, 7]) expect(lengths[t]! - lengths[t - 1]!).toBeCloseTo(5, 1)
  })

  it('forms no row and no Gram matrix: for each iteration a product with v and a weighted sum', () => {
    const calls = { squaredNorms: 0, dot: 0, weightedSum: 0 }
    const counted = (block: GradientBlock): GradientBlock => ({
      ...block,
      squaredNorms: () => (calls.squaredNorms++, block.squaredNorms()),
      dot: (direction) => (calls.dot++, block.dot(direction)),
      weightedSum: (weights) => (calls.weightedSum++, block.weightedSum(weights)),
      mean: () => expect.fail('mean'),
      gram: () => expect.fail('gram'),
      columns: () => expect.fail('columns'),
    })
    const stack = denseStack([[1, 2]], [[3, 4]], 'in factors')
    const rule = centredClipping({ radius: 1, iterations: 3 })
    const state = rule.init(stack.blocks)
    const made = rule.aggregate({ ...stack, blocks: stack.blocks.map(counted) } as GradientStack, state)
    // Norms are asked for twice: once to see that every row is finite.
    expect(calls).toEqual({ squaredNorms: tf.getBackend() === 'webgpu' ? 1 : 2, dot: 3, weightedSum: 3 })
    tf.dispose([state, made.gradient, made.state])
    stack.dispose()
  })

  it('refuses the memory of another model', () => {
    const stack = formedStack([[1, 2]])
    const before = tf.memory().numTensors
    expect(() => centredClipping({ radius: 1 }).aggregate(stack, {})).toThrow(
      'centred-clip(1): required the memory of this model, found none for d/kernel',
    )
    expect(tf.memory().numTensors).toBe(before)
    stack.dispose()
  })

  it('leaves rows out that aren’t finite where it is told to', async () => {
    const rows = [
      [1, 2],
      [NaN, 1],
      [3, 4],
    ]
    if (tf.getBackend() === 'webgpu') return
    await expect(gradientsOf({ radius: 100 }, [rows])).rejects.toThrow(/found others in row 1 of 3/)
    expect(await gradientsOf({ radius: 100, nonFinite: 'drop' }, [rows])).toEqual([[2, 3]])
  })
})

describe('makeCentredClipping', () => {
  it.each([
    [{ radius: 10 }, 'centred-clip(10)'],
    [{ radius: 10, iterations: 3 }, 'centred-clip(10, 3)'],
    [{ radius: 0.5, groups: 8 }, 'centred-clip(0.5) of 8 means'],
  ])('%o is %s', (options, name) => {
    const made = makeAggregator({ rule: 'centred-clipping', ...options })
    expect(E.isRight(made) && made.right.name).toBe(name)
  })

  it.each([
    [{}, 'option radius: required a finite number > 0, found undefined'],
    [{ radius: 0 }, 'option radius: required a finite number > 0, found 0'],
    [{ radius: 1, iterations: 0 }, 'option iterations: required a whole number ≥ 1, found 0'],
  ])('%o says what is wrong', (options, message) => {
    const made = makeCentredClipping(options as CentredClippingOptions)
    expect(E.isLeft(made) && made.left.message).toBe(`centred-clipping, ${message}`)
  })
})
