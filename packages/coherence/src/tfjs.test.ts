import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import {
  loadReference,
  nastyStacks,
  nonFiniteStacks,
  referenceNames,
  relativeError,
  rightOf,
  testEngines,
} from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  layers,
  monoid,
  parameterStatisticOfRows,
  statisticOfBlocks,
  statisticOfRows,
  summarise,
  toNorms,
  type Measurable,
} from './index.ts'
import { stackOfRows } from './stack-of-rows.test-support.ts'
import { gramOf, normsOf, parameterStatisticOf, projectionsOf, statisticOf } from './tfjs.ts'

const ways = testEngines.flatMap((engine) => [
  { engine, way: 'statisticOf', measure: statisticOf },
  { engine, way: 'normsOf', measure: normsOf },
])

const stackOf = (rows: readonly (readonly number[])[]): ReturnType<typeof stackOfRows> =>
  stackOfRows(rows.length, [{ name: 'd/kernel', shape: [1, rows[0]!.length], data: rows.flat() }])

const values = (measurable: Measurable): number[] => {
  const { alphaDebiased, ...rest } = summarise(measurable)
  return [...Object.values(rest), alphaDebiased ?? 0]
}

function onEngine(engine: string): void {
  beforeAll(async () => {
    rightOf(await openEngine(engine)())
    if (engine === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false) // tfjs leaves small tensors to the CPU
  })
}

describe.each(ways)('$way on $engine', ({ engine, way, measure }) => {
  onEngine(engine)

  it.each(referenceNames)('agrees with float64 on %s, in total and by layer', async (name) => {
    const { examples, parameterOrder, perExampleGradients: gradients, weights: shapes } = loadReference(name)
    const rows = parameterOrder.map((weight) => {
      return { name: weight, shape: shapes[weight]!.shape, data: gradients[weight]!.data }
    })
    const stack = stackOfRows(examples, rows)
    const found = await measure(stack)
    stack.dispose()
    const expected = statisticOfBlocks(
      rows.map(({ name: weight, data }) => ({ name: weight, rows: { m: examples, data } })),
    )
    expect(values(found)).toBeAllClose(values(expected), { rtol: 1e-5, atol: 1e-6 })
    expect(layers(found).map((layer) => [layer.alpha, layer.share])).toBeAllClose(
      layers(expected).map((layer) => [layer.alpha, layer.share]),
      { rtol: 1e-5 },
    )
    expect(layers(found).map((layer) => layer.layer)).toEqual(layers(expected).map((layer) => layer.layer))
  })

  // Squares of these stay inside float32.
  const representable = nastyStacks.filter(({ rows }) =>
    rows.flat().every((x) => x === 0 || (Math.abs(x) > 1e-15 && Math.abs(x) < 1e15)),
  )
  it.each(representable)('agrees with float64 on $name', async ({ rows }) => {
    const stack = stackOf(rows)
    expect(values(await measure(stack))).toBeAllClose(values(statisticOfRows(rows)), { rtol: 1e-5, atol: 1e-6 })
    stack.dispose()
  })

  it.each(nonFiniteStacks)('refuses $name and names row $firstBadRow', async ({ rows, firstBadRow }) => {
    const stack = stackOf(rows)
    await expect(measure(stack)).rejects.toThrow(
      new RegExp(`^${way}: required finite gradients, found a squared norm of \\w+ in row ${firstBadRow} of d/kernel$`),
    )
    stack.dispose()
  })

  it('names the example of a row that is not finite', async () => {
    const stack = stackOf([[1], [Number.NaN]])
    await expect(measure(stack, { ids: [7, 4711] })).rejects.toThrow(/NaN in example 4711, row 1 of d\/kernel$/)
    stack.dispose()
  })

  it('refuses a gradient whose square is beyond float32', async () => {
    const stack = stackOf([[1], [1e20]])
    await expect(measure(stack)).rejects.toThrow(/squared norm of Infinity in row 1/)
    stack.dispose()
  })

  it('disposes of all that it made, also when it refuses, and leaves the stack usable', async () => {
    for (const rows of [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [NaN, 4],
      ],
    ]) {
      const before = tf.memory().numTensors
      const stack = stackOf(rows)
      const held = tf.memory().numTensors
      await measure(stack).catch(() => undefined)
      await measure(stack).catch(() => undefined)
      expect(tf.memory().numTensors).toBe(held)
      stack.dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  })

  it('measures a network’s own per-example gradients', async () => {
    const m = 6
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ name: 'hidden', units: 5, inputShape: [4], activation: 'tanh' }),
        tfl.layers.dense({ name: 'logits', units: 3 }),
      ],
    })
    for (const weight of model.weights) {
      const { shape, size } = weight.read()
      weight.write(
        tf.tensor(
          Array.from({ length: size }, (_, j) => Math.sin(3 * j + size)),
          shape,
        ),
      )
    }
    const inputs = tf.tensor2d(
      Array.from({ length: 4 * m }, (_, j) => Math.cos(j * j)),
      [m, 4],
    )
    const labels = tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32')
    const stack = perExampleGradients(model, softmaxCrossEntropy, { inputs, labels })
    const rows = await Promise.all(
      stack.blocks.map(async (block) => {
        const data = await block.columns(0, block.size).data()
        return { name: block.name, rows: { m, data } }
      }),
    )
    const found = await measure(stack)
    expect(found.blocks.map((block) => block.layer)).toEqual(['hidden', 'hidden', 'logits', 'logits'])
    expect(values(found)).toBeAllClose(values(statisticOfBlocks(rows)), { rtol: 1e-5 })
    stack.dispose()
    tf.dispose([inputs, labels])
    model.dispose()
  })
})

describe.each(testEngines)('statisticOf on %s', (engine) => {
  onEngine(engine)

  it('merges over batches into the statistic of them all', async () => {
    const rows = [
      [1, 2],
      [3, -4],
      [5, 6],
      [-7, 8],
    ]
    const [first, second] = [stackOf(rows.slice(0, 3)), stackOf(rows.slice(3))]
    const merged = monoid.concat(await statisticOf(first), await statisticOf(second))
    expect(merged.m).toBe(4)
    expect(values(merged)).toBeAllClose(values(statisticOfRows(rows)), { rtol: 1e-5 })
    expect(values(toNorms(merged))).toEqual(values(merged))
    first.dispose()
    second.dispose()
  })
})

describe.each(testEngines)('projectionsOf on %s', (engine) => {
  onEngine(engine)

  it.each(referenceNames)('agrees with the Gram matrix of %s', async (name) => {
    const { examples, parameterOrder, perExampleGradients: gradients, weights: shapes, expected } = loadReference(name)
    const before = tf.memory().numTensors
    const stack = stackOfRows(
      examples,
      parameterOrder.map((weight) => ({
        name: weight,
        shape: shapes[weight]!.shape,
        data: gradients[weight]!.data,
      })),
    )
    const { squaredNorms, dots } = await projectionsOf(stack)
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(relativeError(squaredNorms, expected.squaredNorms.data)).toBeLessThan(1e-6)
    const sums = Array.from({ length: examples }, (_, i) => {
      return expected.gram.data.slice(i * examples, (i + 1) * examples).reduce((sum, x) => sum + x, 0)
    })
    expect(relativeError(dots, sums)).toBeLessThan(1e-5)
  })
})

describe.each(testEngines)('gramOf on %s', (engine) => {
  onEngine(engine)

  it.each(referenceNames)('agrees with the Gram matrix of %s', async (name) => {
    const { examples, parameterOrder, perExampleGradients: gradients, weights: shapes, expected } = loadReference(name)
    const before = tf.memory().numTensors
    const stack = stackOfRows(
      examples,
      parameterOrder.map((weight) => ({ name: weight, shape: shapes[weight]!.shape, data: gradients[weight]!.data })),
    )
    const held = tf.memory().numTensors
    const { m, data } = await gramOf(stack)
    expect(tf.memory().numTensors).toBe(held)
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(m).toBe(examples)
    expect(relativeError(data, expected.gram.data)).toBeLessThan(1e-6)
  })
})

describe.each(testEngines)('parameterStatisticOf on %s', (engine) => {
  onEngine(engine)

  it.each(referenceNames)('agrees with float64 on %s, whatever the budget is', async (name) => {
    const { examples, parameterOrder, perExampleGradients: gradients, weights: shapes } = loadReference(name)
    const before = tf.memory().numTensors
    const stack = stackOfRows(
      examples,
      parameterOrder.map((weight) => ({ name: weight, shape: shapes[weight]!.shape, data: gradients[weight]!.data })),
    )
    const held = tf.memory().numTensors
    const found = await parameterStatisticOf(stack)
    // Seven columns at a time. TensorFlow adds up in another order then.
    const sliced = await parameterStatisticOf(stack, { byteBudget: 8 * examples * 7 + 3 })
    for (const [index, { sum, sumOfSquares }] of sliced.blocks.entries()) {
      expect(relativeError(sum, found.blocks[index]!.sum)).toBeLessThan(1e-6)
      expect(relativeError(sumOfSquares, found.blocks[index]!.sumOfSquares)).toBeLessThan(1e-6)
    }
    expect(sliced.blocks).toHaveLength(found.blocks.length)
    expect(tf.memory().numTensors).toBe(held)
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(found.m).toBe(examples)
    for (const [index, weight] of parameterOrder.entries()) {
      const rows = { m: examples, data: gradients[weight]!.data }
      const [expected] = parameterStatisticOfRows(rows, { name: weight }).blocks
      const block = found.blocks[index]!
      expect([block.name, block.layer]).toEqual([expected!.name, expected!.layer])
      expect(relativeError(block.sumOfSquares, expected!.sumOfSquares)).toBeLessThan(1e-5)
      const length = Math.sqrt(examples * expected!.sumOfSquares.reduce((total, x) => total + x, 0))
      expect(block.sum).toBeAllClose(expected!.sum, { atol: 1e-6 * length })
    }
  })

  it('refuses what is not finite, and a budget of nothing', async () => {
    const before = tf.memory().numTensors
    const stack = stackOf([
      [1, 2],
      [3, Number.NaN],
    ])
    await expect(parameterStatisticOf(stack)).rejects.toThrow(/NaN at element 1 of d\/kernel/)
    await expect(parameterStatisticOf(stack, { byteBudget: 0 })).rejects.toThrow(/above 0, found 0/)
    expect(await parameterStatisticOf(stack, { byteBudget: 1 }).catch(() => 'refused')).toBe('refused')
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
