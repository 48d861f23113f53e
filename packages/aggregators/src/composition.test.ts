import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator, AggregatorState, GradientStack } from '@coherent-gradients/gradients'
import { onEachEngine, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { aggregated, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import {
  chain,
  clipByNorm,
  clipRows,
  coordinateMedian,
  mean,
  meanOfMeans,
  medianOfMeans,
  momentum,
  perLayer,
  rollingMean,
  rollingMedian,
  schedule,
  warmup,
  winsorizedMean,
} from './index.ts'

type Rows = readonly (readonly number[])[]

/** Every rule with a memory, and rules made of such, for stacks of three rows or one. */
const stateful: readonly { readonly rule: Aggregator; readonly rows: number }[] = [
  { rule: rollingMedian(), rows: 1 },
  { rule: rollingMedian({ steps: 4 }), rows: 1 },
  { rule: rollingMean(), rows: 1 },
  { rule: chain(clipRows({ norm: 2 }), mean(), momentum({ decay: 0.9 }), clipByNorm({ norm: 1 })), rows: 3 },
  { rule: chain(rollingMedian(), momentum({ decay: 0.5 })), rows: 1 },
  { rule: warmup(2, chain(mean(), momentum({ decay: 0.9 })), medianOfMeans({ groups: 3 })), rows: 3 },
  { rule: warmup(3, meanOfMeans({ groups: 1 }), rollingMedian()), rows: 1 },
  { rule: schedule({ from: 0, to: 40, steps: 4 }, (percent) => winsorizedMean({ percent })), rows: 3 },
  {
    rule: schedule(
      {
        stairs: [
          [0, 0.9],
          [3, 0.1],
        ],
      },
      (decay) => chain(mean(), momentum({ decay })),
    ),
    rows: 3,
  },
  { rule: perLayer({ '*/bias': chain(mean(), momentum({ decay: 0.9 })), otherwise: coordinateMedian() }), rows: 3 },
]

/** Steps with a stack each; `between` sees the state after every step. Gives every gradient, and frees everything. */
async function steps(
  rule: Aggregator,
  all: readonly Rows[],
  between: (state: AggregatorState) => Promise<AggregatorState> = async (state) => state,
): Promise<number[][]> {
  const first = formedStack(all[0]!)
  let state = rule.init(first.blocks)
  first.dispose()
  const gradients: number[][] = []
  for (const rows of all) {
    const stack = formedStack(rows)
    const { gradient, state: next } = rule.aggregate(stack, state)
    gradients.push((await Promise.all(stack.blocks.map(({ name }) => gradient[name]!.data()))).flatMap((x) => [...x]))
    tf.dispose([state, gradient])
    state = await between(next)
    stack.dispose()
  }
  tf.dispose(state)
  return gradients
}

/** What a checkpoint does to a memory. */
async function stored(state: AggregatorState): Promise<AggregatorState> {
  const plain = await Promise.all(
    Object.entries(state).map(async ([name, tensor]) => {
      expect(tensor.dtype).toBe('float32')
      return [name, [...tensor.shape], new Float32Array(await tensor.data())] as const
    }),
  )
  tf.dispose(state)
  return Object.fromEntries(plain.map(([name, shape, data]) => [name, tf.tensor(data, [...shape])]))
}

const wave = (rows: number, step: number): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: 5 }, (__, j) => Math.sin(3 * i + 7 * step + j * j)))

onEachEngine('rules made of others', openEngine, (engine) => {
  describe.each(stateful)('$rule.name', ({ rule, rows }) => {
    const all = Array.from({ length: 7 }, (_, step) => wave(rows, step))

    it('goes on from a stored state to the same bytes', async () => {
      expect(await steps(rule, all, stored)).toEqual(await steps(rule, all))
    })

    it('holds no more tensors after seven steps than after six, and frees them all', async () => {
      const before = tf.memory().numTensors
      const held: number[] = []
      await steps(rule, all, async (state) => {
        held.push(Object.values(state).filter((tensor) => !tensor.isDisposed).length)
        return state
      })
      expect(held.at(-1)).toBe(held.at(-2))
      expect(tf.memory().numTensors).toBe(before)
    })

    it('leaves the stack and its state as they are', async () => {
      const stack = formedStack(all[0]!)
      const state = rule.init(stack.blocks)
      const first = rule.aggregate(stack, state)
      const again = rule.aggregate(stack, state)
      for (const name of Object.keys(first.gradient)) {
        expect(await first.gradient[name]!.data()).toEqual(await again.gradient[name]!.data())
      }
      expect(Object.keys(first.state)).toEqual(Object.keys(again.state))
      tf.dispose([state, first, again])
      stack.dispose()
    })
  })

  const oneRow = stacks({ rows: 1, columns: 3 })
  const sequences = fc.array(oneRow as fc.Arbitrary<Rows>, { minLength: 1, maxLength: 6 })
  const numRuns = engine === 'webgpu' ? 5 : 30

  it('RM3 refuses a gradient that isn’t finite in its own name, and leaves nothing behind', () => {
    const before = tf.memory().numTensors
    const [good, bad] = [formedStack([[1, 2]]), formedStack([[3, Number.NaN]])]
    const first = rollingMedian().aggregate(good, {})
    const held = tf.memory().numTensors
    expect(() => rollingMedian().aggregate(bad, first.state)).toThrow(
      /^RM3: required finite values, found NaN in row 0/,
    )
    expect(tf.memory().numTensors).toBe(held)
    tf.dispose([first.gradient, first.state])
    for (const stack of [good, bad]) stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.prop([sequences], { numRuns })('RM3 is the median of the last three steps, of fewer at first', async (all) => {
    const found = await steps(rollingMedian(), all)
    for (const [t, gradient] of found.entries()) {
      for (const [j, value] of gradient.entries()) {
        const last = all.slice(Math.max(0, t - 2), t + 1).map(([row]) => Math.fround(row![j]!))
        const sorted = last.toSorted((a, b) => a - b)
        const expected = sorted.length === 2 ? (sorted[0]! + sorted[1]!) / 2 : sorted[(sorted.length - 1) / 2]!
        const tolerance = sorted.length === 2 ? 2 ** -22 * Math.max(...last.map(Math.abs)) : 0
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(tolerance, 2 ** -126))
      }
    }
  })

  test.prop([sequences], { numRuns })('RA3 is their mean', async (all) => {
    const found = await steps(rollingMean(), all)
    for (const [t, gradient] of found.entries()) {
      for (const [j, value] of gradient.entries()) {
        const last = all.slice(Math.max(0, t - 2), t + 1).map(([row]) => Math.fround(row![j]!))
        const expected = last.reduce((sum, x) => sum + x, 0) / last.length
        const tolerance = 2 ** -21 * Math.max(...last.map(Math.abs))
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(tolerance, 2 ** -126))
      }
    }
  })

  it('a warm-up is the one rule, then the other', async () => {
    const all = Array.from({ length: 5 }, (_, step) => wave(3, step))
    const means = await steps(mean(), all)
    const medians = await steps(medianOfMeans({ groups: 3 }), all)
    const found = await steps(warmup(2, mean(), medianOfMeans({ groups: 3 })), all)
    expect(found).toEqual([...means.slice(0, 2), ...medians.slice(2)])
    expect(await steps(warmup(0, mean(), medianOfMeans({ groups: 3 })), all)).toEqual(medians)
  })

  it('the second rule’s memory begins with its first step', async () => {
    const all = Array.from({ length: 6 }, (_, step) => wave(1, step))
    const found = await steps(warmup(2, meanOfMeans({ groups: 1 }), rollingMedian()), all)
    expect(found.slice(2)).toEqual(await steps(rollingMedian(), all.slice(2)))
  })

  it('a schedule is at each step the rule of that step’s value', async () => {
    const all = Array.from({ length: 6 }, (_, step) => wave(11, step))
    const winsorized = async (percent: number, step: number): Promise<number[]> =>
      (await steps(winsorizedMean({ percent }), [all[step]!]))[0]!
    const line = await steps(
      schedule({ from: 0, to: 40, steps: 4 }, (percent) => winsorizedMean({ percent })),
      all,
    )
    for (const [step, percent] of [0, 10, 20, 30, 40, 40].entries()) {
      expect(line[step]).toEqual(await winsorized(percent, step))
    }
    const stairs = [
      [0, 40],
      [2, 10],
      [3, 0],
    ] as const
    const down = await steps(
      schedule({ stairs }, (percent) => winsorizedMean({ percent })),
      all,
    )
    for (const [step, percent] of [40, 40, 10, 0, 0, 0].entries()) {
      expect(down[step]).toEqual(await winsorized(percent, step))
    }
  })

  it('each layer goes by its own rule', async () => {
    const rows = wave(5, 1)
    const [means] = await steps(mean(), [rows])
    const [medians] = await steps(coordinateMedian(), [rows])
    const kernel = await steps(perLayer({ 'd/kernel': coordinateMedian(), otherwise: mean() }), [rows])
    expect(kernel[0]).toEqual([...medians!.slice(0, 4), ...means!.slice(4)])
    const [layer] = await steps(perLayer({ d: coordinateMedian(), otherwise: mean() }), [rows])
    expect(layer).toEqual(medians)
    const [first] = await steps(perLayer({ '*/bias': mean(), 'd*': coordinateMedian(), otherwise: mean() }), [rows])
    expect(first).toEqual([...medians!.slice(0, 4), ...means!.slice(4)])
  })

  it.each([
    { held: 'in factors', stack: () => denseStack(wave(6, 1), wave(6, 2), 'in factors') },
    { held: 'formed', stack: () => denseStack(wave(6, 1), wave(6, 2), 'formed') },
  ])('clipped rows are what is aggregated, $held', async ({ stack }) => {
    const given = stack()
    const rows = (await tf.tidy(() => given.blocks[0]!.columns(0, 25)).array()) as number[][]
    const clipped = rows.map((row) => {
      const length = Math.hypot(...row)
      return row.map((x) => x * Math.min(1, 2 / length))
    })
    const expected = {
      mean: clipped[0]!.map((_, j) => clipped.reduce((sum, row) => sum + row[j]!, 0) / 6),
      median: clipped[0]!.map((_, j) => {
        const sorted = clipped.map((row) => row[j]!).toSorted((a, b) => a - b)
        return (sorted[2]! + sorted[3]!) / 2
      }),
    }
    expect(clipped).not.toEqual(rows)
    const before = tf.memory().numTensors
    const tolerance = { rtol: 1e-5, atol: 1e-6 }
    expect(await aggregated(chain(clipRows({ norm: 2 }), mean()), given)).toBeAllClose(expected.mean, tolerance)
    expect(await aggregated(chain(clipRows({ norm: 2 }), coordinateMedian()), given)).toBeAllClose(
      expected.median,
      tolerance,
    )
    expect(tf.memory().numTensors).toBe(before)
    await asStackOf(clipRows({ norm: 2 }).transform(given), clipped)
    given.dispose()
  })

  it('momentum behind a rule is tf.train’s', async () => {
    const all = Array.from({ length: 4 }, (_, step) => wave(3, step))
    const gradients = await steps(coordinateMedian(), all)
    const found = await steps(chain(coordinateMedian(), momentum({ decay: 0.9 })), all)
    const weight = tf.variable(tf.zeros([5]))
    const optimizer = tf.train.momentum(1, 0.9)
    let last = new Float32Array(5)
    for (const [t, gradient] of gradients.entries()) {
      optimizer.applyGradients([{ name: weight.name, tensor: tf.tensor(gradient) }])
      const now = (await weight.data()) as Float32Array
      expect(found[t]).toBeAllClose(
        [...now].map((x, j) => last[j]! - x),
        { rtol: 1e-4, atol: 1e-5 },
      )
      last = now.slice()
    }
    optimizer.dispose()
    weight.dispose()
  })

  it('a gradient is clipped to the norm, and a shorter one passes', async () => {
    const [whole] = await steps(mean(), [wave(3, 1)])
    const length = Math.hypot(...whole!)
    const [half] = await steps(chain(mean(), clipByNorm({ norm: length / 2 })), [wave(3, 1)])
    expect(half).toBeAllClose(
      whole!.map((x) => x / 2),
      { rtol: 1e-5, atol: 1e-7 },
    )
    expect((await steps(chain(mean(), clipByNorm({ norm: 2 * length })), [wave(3, 1)]))[0]).toEqual(whole)
    expect((await steps(chain(mean(), clipByNorm({ norm: 1 })), [[[0, 0]]]))[0]).toEqual([0, 0])
  })
})

/** Sees that every way to ask a stack gives the same rows. */
async function asStackOf(stack: GradientStack, rows: readonly number[][]): Promise<void> {
  const [block] = stack.blocks
  const direction = tf.tensor(
    rows[0]!.map((_, j) => Math.cos(j)),
    [...block!.shape],
  )
  const by = async (tensor: tf.Tensor): Promise<number[]> => {
    const values = [...(await tensor.data())]
    tensor.dispose()
    return values
  }
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
  const tolerance = { rtol: 1e-5, atol: 1e-5 }
  expect(await by(block!.columns(0, block!.size))).toBeAllClose(rows.flat(), tolerance)
  expect(await by(block!.squaredNorms())).toBeAllClose(
    rows.map((row) => dot(row, row)),
    tolerance,
  )
  expect(await by(block!.gram())).toBeAllClose(
    rows.flatMap((a) => rows.map((b) => dot(a, b))),
    tolerance,
  )
  expect(await by(block!.dot(direction))).toBeAllClose(
    rows.map((row) =>
      dot(
        row,
        row.map((_, j) => Math.cos(j)),
      ),
    ),
    tolerance,
  )
  direction.dispose()
  stack.dispose()
}
