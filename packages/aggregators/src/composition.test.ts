import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator, AggregatorState, GradientStack } from '@coherent-gradients/gradients'
import { onEachEngine, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { aggregated, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import {
  chain,
  clipByNorm,
  clipRows,
  coordinateMedian,
  makeAggregator,
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
  type RuleSpec,
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

describe('rules made of others, as plain data', () => {
  const m3: RuleSpec = { rule: 'median-of-means', groups: 3 }
  const winsor: RuleSpec = { rule: 'winsorized-mean', percent: 8 }

  it.each<[RuleSpec, string, object]>([
    [{ rule: 'rolling-median' }, 'RM3', { of: 'micro-batches', groups: 1 }],
    [{ rule: 'rolling-mean', steps: 5 }, 'RA5', { of: 'micro-batches', groups: 1 }],
    [
      { rule: 'warmup', steps: 100, before: { rule: 'mean' }, after: m3 },
      'warmup(100, mean, M3)',
      { of: 'micro-batches', groups: 3 },
    ],
    [
      { rule: 'per-layer', layers: { 'dense_*': winsor }, otherwise: { rule: 'mean' } },
      'perLayer(dense_*: winsor(8%), otherwise: mean)',
      { of: 'examples' },
    ],
    [
      {
        rule: 'chain',
        stages: [
          { stage: 'clip-rows', norm: 1 },
          m3,
          { stage: 'momentum', decay: 0.9 },
          { stage: 'clip-by-norm', norm: 2 },
        ],
      },
      'chain(clipRows(1), M3, momentum(0.9), clip(2))',
      { of: 'micro-batches', groups: 3 },
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { from: 0, to: 8, steps: 1000 } } },
      'schedule(0→8 in 1000: winsor(8%))',
      { of: 'examples' },
    ],
    [
      {
        rule: 'schedule',
        of: {
          rule: 'winsorized-mean',
          count: {
            stairs: [
              [0, 0],
              [50, 4],
            ],
          },
        },
      },
      'schedule(0, 4 from 50: winsor(4))',
      { of: 'examples' },
    ],
    [
      { rule: 'warmup', steps: 10, before: { rule: 'chain', stages: [winsor] }, after: winsor },
      'warmup(10, chain(winsor(8%)), winsor(8%))',
      { of: 'examples' },
    ],
  ])('%j', (spec, name, rows) => {
    const made = makeAggregator(JSON.parse(JSON.stringify(spec)) as RuleSpec)
    if (E.isLeft(made)) throw new Error(made.left.message)
    expect(made.right.name).toBe(name)
    expect(made.right.rows).toMatchObject(rows)
  })

  it.each<[RuleSpec, RegExp]>([
    [{ rule: 'chain', stages: [{ stage: 'momentum', decay: 0.9 }, m3] }, momentumFirst('M3')],
    [{ rule: 'chain' }, /^chain, option stages: required a list of stages, found nothing$/],
    [{ rule: 'chain', stages: [] }, /required exactly one rule among the stages, found none$/],
    [{ rule: 'chain', stages: [m3, winsor] }, /required exactly one rule among the stages, found M3, winsor\(8%\)$/],
    [
      { rule: 'chain', stages: [m3, { stage: 'clip-rows', norm: 1 }] },
      /clipRows\(1\) stands behind the rule M3.*before/,
    ],
    [
      { rule: 'chain', stages: [m3, { stage: 'nesterov' }] },
      /required a rule or one of the stages clip-rows, clip-by-norm/,
    ],
    [{ rule: 'chain', stages: [7] }, /stage 1: required a rule or a stage, found 7/],
    [
      { rule: 'chain', stages: [{ stage: 'clip-rows', norm: 0 }, m3] },
      /^chain, stage 1: clip-rows, option norm: required/,
    ],
    [{ rule: 'chain', stages: [{ stage: 'momentum' }, m3] }, /^chain, stage 1: momentum, option decay: required/],
    [{ rule: 'chain', stages: [m3], stage: 1 }, /option stage: required one of stages, found "stage"/],
    [{ rule: 'warmup', steps: 1.5, before: m3, after: m3 }, /steps: required a whole number ≥ 0, found 1.5/],
    [{ rule: 'warmup', steps: 1, before: m3 }, /^warmup, option after: required a rule, found nothing$/],
    [{ rule: 'warmup', steps: 1, before: m3, after: { rule: 'mode' } }, /^warmup, after: unknown rule 'mode'/],
    [
      { rule: 'warmup', steps: 1, before: m3, after: winsor },
      /required rules over the same rows, found M3 over 3 micro-batches and winsor\(8%\) over examples/,
    ],
    [{ rule: 'per-layer', layers: { d: winsor } }, /^per-layer, option otherwise: required a rule, found nothing$/],
    [{ rule: 'per-layer', layers: [winsor], otherwise: winsor }, /a rule for each pattern of layers/],
    [{ rule: 'per-layer', layers: { d: m3 }, otherwise: winsor }, /required rules over the same rows/],
    [{ rule: 'schedule', of: winsor }, /required a rule with one option that is a value by step/],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { from: 0, to: 80, steps: 10 } } },
      /^schedule: winsorized-mean, option percent: required a number from 0 to 50, found 80$/,
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', count: { from: 0, to: 3, steps: 7 } } },
      /^schedule: winsorized-mean, option count: required a whole number ≥ 0/,
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { stairs: [[1, 2]] } } },
      /steps rising from 0, found \{"stairs":\[\[1,2\]\]\}/,
    ],
  ])('%j says what is wrong', (spec, message) => {
    const made = makeAggregator(spec)
    expect(E.isLeft(made) && made.left.message).toMatch(message)
  })
})

function momentumFirst(rule: string): RegExp {
  return new RegExp(`momentum\\(0.9\\) stands before the rule ${rule}: required behind it. Momentum .* before a median`)
}

describe('rules made of others, in code', () => {
  it('refuse momentum before a median, by type and by error', () => {
    // @ts-expect-error a chain begins with rows, which momentum doesn't take
    expect(() => chain(momentum({ decay: 0.9 }), medianOfMeans({ groups: 3 }))).toThrow(momentumFirst('M3'))
    // @ts-expect-error two rules
    expect(() => chain(mean(), rollingMedian())).toThrow(/exactly one rule among the stages, found mean, RM3/)
    // @ts-expect-error rows are gone
    expect(() => chain(mean(), clipRows({ norm: 1 }))).toThrow(/clipRows\(1\) stands behind the rule mean/)
  })

  it('refuse what doesn’t fit together', () => {
    expect(() => warmup(-1, mean(), mean())).toThrow('warmup: required steps to be a whole number ≥ 0, found -1')
    expect(() => warmup(1, winsorizedMean({ percent: 1 }), medianOfMeans({ groups: 3 }))).toThrow(/the same rows/)
    expect(() => perLayer({ d: medianOfMeans({ groups: 3 }), otherwise: meanOfMeans({ groups: 2 }) })).toThrow(
      'perLayer: required rules over the same rows, found M3 over 3 micro-batches and A2 over 2 micro-batches',
    )
    expect(() => schedule({ from: 0, to: 8, steps: 0 }, (percent) => winsorizedMean({ percent }))).toThrow(
      /^schedule: required a value by step/,
    )
    expect(() =>
      perLayer({ e: coordinateMedian(), otherwise: mean() }).init([{ name: 'd/kernel', shape: [2] }]),
    ).toThrow("perLayer: required a layer or weight for each pattern, found none left for 'e' among d")
  })
})
