import { openEngine } from '@coherent-gradients/engine'
import type { GradientStack } from '@coherent-gradients/gradients'
import { onEachEngine } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { aggregated, denseStack } from './hand-made-stack.test-support.ts'
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
  rollingMedian,
  schedule,
  warmup,
  winsorizedMean,
} from './index.ts'
import { steps, wave } from './steps.test-support.ts'

onEachEngine('rules made of others', openEngine, () => {
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
