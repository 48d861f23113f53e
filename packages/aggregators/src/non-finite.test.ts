import { openEngine } from '@coherent-gradients/engine'
import {
  perExampleGradients,
  softmaxCrossEntropy,
  type Aggregator,
  type GradientStack,
} from '@coherent-gradients/gradients'
import { nonFiniteStacks, onEachEngine, rightOf } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { describe, expect, test } from 'vitest'
import { average, columnsOf } from './definition.test-support.ts'
import { aggregated, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import { krum, mean, meanOfMeans, medianOfMeans, rules, signAgreement, snrGate, type RowOptions } from './index.ts'

type Make = (options: Pick<RowOptions, 'nonFinite'>) => Aggregator

/** Every rule over rows of a stack that can be told what to do with those that aren't finite, as its examples have it. */
const told = rules.flatMap(({ rule, make, examples }): readonly (readonly [name: string, make: Make])[] =>
  examples
    .filter((options) => !('groups' in options) && E.isRight(make({ ...options, nonFinite: 'drop' })))
    .map((options) => [rule, (more) => rightOf(make({ ...options, ...more }))]),
)

/** As many rows as the rules' examples are for. */
const good = Array.from({ length: 24 }, (_, i) => [
  1.3 + 0.5 * Math.sin(i),
  1.9 + 0.4 * Math.cos(2 * i),
  0.5 + Math.sin(i * i) / 4,
])
const bads = [
  [1, NaN, 1],
  [Infinity, 1, 1],
  [1, 1, -Infinity],
  [NaN, NaN, NaN],
]

onEachEngine('rows that are not finite', openEngine, () => {
  describe.each(told)('%s', (_, make) => {
    test.each(bads)('refuses a row of %d, %d, %d by number, and leaves it out where it is told to', async (...bad) => {
      const before = tf.memory().numTensors
      const stack = formedStack([...good.slice(0, 2), bad, ...good.slice(2)])
      const held = tf.memory().numTensors
      const refused =
        /^(.+): required (?:finite values|squared norms that float32 can hold), found .* in row 2 of 25; (.+)$/
      let said = ''
      try {
        make({ nonFinite: 'refuse' }).aggregate(stack, {})
      } catch (error) {
        said = (error as RangeError).message
      }
      expect(refused.exec(said)?.slice(1)).toEqual([make({}).name, "nonFinite: 'drop' leaves such rows out"])
      expect(tf.memory().numTensors).toBe(held)
      const without = formedStack(good)
      expect(await aggregated(make({ nonFinite: 'drop' }), stack)).toBeAllClose(await aggregated(make({}), without), {
        rtol: 1e-5,
        atol: 1e-6,
      })
      stack.dispose()
      without.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    test('leaves rows out of factors', async () => {
      const [x, delta] = [good, good.map((row) => row.toReversed())]
      const before = tf.memory().numTensors
      const spoilt = denseStack([...x, [1, NaN, 0]], [...delta, [1, 2, 3]], 'in factors')
      const without = denseStack(x, delta, 'in factors')
      expect(() => make({ nonFinite: 'refuse' }).aggregate(spoilt, {})).toThrow(/row 24 of 25/)
      expect(await aggregated(make({ nonFinite: 'drop' }), spoilt)).toBeAllClose(await aggregated(make({}), without), {
        rtol: 1e-5,
        atol: 1e-6,
      })
      spoilt.dispose()
      without.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    test('refuses what is left where that is too little', () => {
      const stack = formedStack(good.map(() => [NaN, 1]))
      const held = tf.memory().numTensors
      expect(() => make({ nonFinite: 'drop' }).aggregate(stack, {})).toThrow(/required at least \d+ rows, found 0/)
      expect(tf.memory().numTensors).toBe(held)
      stack.dispose()
    })
  })

  test('refuses them unless told, but for the rules that are sums', () => {
    const stack = formedStack([...good, ...bads])
    for (const [name, make] of told.filter(([rule]) => rule !== 'mean' && rule !== 'small-loss')) {
      expect(() => make({}).aggregate(stack, {}), name).toThrow(/in rows? 24.* of 28/)
    }
    stack.dispose()
  })

  test('names the rows, the first five of them', () => {
    const stack = formedStack([...good, ...bads, ...bads])
    expect(() => krum({ byzantine: 1 }).aggregate(stack, {})).toThrow(
      "krum(1): required squared norms that float32 can hold, found others in rows 24, 25, 26, 27, 28, … of 32; nonFinite: 'drop' leaves such rows out",
    )
    expect(() => snrGate().aggregate(stack, {})).toThrow(
      /^snr: required finite values, found others in rows 24, 25, 26, 27, 28, … of 32/,
    )
    stack.dispose()
  })

  test('refuses rows whose products overflow', () => {
    const factored = denseStack(
      [
        [1, 1e30],
        [1, 1],
      ],
      [
        [1e30, 1],
        [1, 1],
      ],
      'in factors',
    )
    expect(() => snrGate().aggregate(factored, {})).toThrow(/found others in row 0 of 2/)
    factored.dispose()
  })

  test('lets it show in the mean, unless told', async () => {
    const stack = formedStack([...good, ...bads])
    expect((await aggregated(mean(), stack)).every(Number.isNaN)).toBe(true)
    expect((await aggregated(meanOfMeans({ groups: 28 }), stack)).every(Number.isNaN)).toBe(true)
    const dropped = await aggregated(meanOfMeans({ groups: 28, nonFinite: 'drop' }), stack)
    expect(dropped).toBeAllClose(columnsOf(good).map(average), { rtol: 1e-6 })
    stack.dispose()
  })

  test('M3 without one of its means is the middle of two', async () => {
    const rows = [
      [1, 2],
      [NaN, 0],
      [3, 8],
    ]
    const stack = formedStack(rows)
    expect(await aggregated(medianOfMeans({ groups: 3, nonFinite: 'drop' }), stack)).toEqual([2, 5])
    stack.dispose()
  })

  test.each(nonFiniteStacks)('finds $name wherever rows are checked', ({ rows, firstBadRow }) => {
    const stack = formedStack(rows)
    expect(() => mean({ nonFinite: 'refuse' }).aggregate(stack, {})).toThrow(
      new RegExp(`rows? ${firstBadRow}.* of ${rows.length}`),
    )
    stack.dispose()
  })

  test('takes rows as large as float32 goes, and as small', async () => {
    const rows = [
      [3e38, 1e-38],
      [3e38, 1e-45],
    ]
    const stack = formedStack(rows)
    expect(await aggregated(signAgreement({ threshold: 1 }), stack)).not.toContain(NaN)
    stack.dispose()
  })

  test('leaves an example out of a convolution', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({
          filters: 3,
          kernelSize: 2,
          inputShape: [4, 4, 1],
          kernelInitializer: tfl.initializers.glorotNormal({ seed: 1 }),
        }),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 2, kernelInitializer: tfl.initializers.glorotNormal({ seed: 1 }) }),
      ],
    })
    const images = Array.from({ length: 25 * 16 }, (_, i) => (i === 3 * 16 + 5 ? NaN : Math.sin(i)))
    const all = Array.from({ length: 25 }, (_, i) => i)
    const gradients = (kept: readonly number[]): GradientStack => {
      const inputs = tf.tensor4d(
        kept.flatMap((i) => images.slice(16 * i, 16 * i + 16)),
        [kept.length, 4, 4, 1],
      )
      const truth = tf.tensor1d(
        kept.map((i) => (i * i) % 2),
        'int32',
      )
      const stack = perExampleGradients(model, softmaxCrossEntropy, { inputs, labels: truth })
      tf.dispose([inputs, truth])
      return stack
    }
    const spoilt = gradients(all)
    const without = gradients(all.filter((i) => i !== 3))
    for (const [name, make] of told) {
      expect(() => make({ nonFinite: 'refuse' }).aggregate(spoilt, {}), name).toThrow(/row 3 of 25/)
      const found = await aggregated(make({ nonFinite: 'drop' }), spoilt)
      expect(found, name).toBeAllClose(await aggregated(make({}), without), { rtol: 1e-3, atol: 1e-4 })
    }
    spoilt.dispose()
    without.dispose()
    model.dispose()
  })
})
