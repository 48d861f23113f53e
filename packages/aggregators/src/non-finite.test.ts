import { openEngine } from '@coherent-gradients/engine'
import {
  perExampleGradients,
  softmaxCrossEntropy,
  type Aggregator,
  type GradientStack,
} from '@coherent-gradients/gradients'
import { nonFiniteStacks, onEachEngine } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, test } from 'vitest'
import { aggregated, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import {
  coherenceWeighting,
  coordinateMedian,
  geometricMedian,
  gradientAgreement,
  krum,
  mean,
  meanAroundMedian,
  meanOfMeans,
  medianOfMeans,
  signAgreement,
  smallLoss,
  snrGate,
  trimmedMean,
  winsorizedMean,
  type RowOptions,
} from './index.ts'

type Make = (options: RowOptions) => Aggregator

const rules: readonly (readonly [name: string, make: Make])[] = [
  ['mean', ({ nonFinite = 'refuse' }) => mean({ nonFinite })],
  ['winsorizedMean', (options) => winsorizedMean({ count: 1, ...options })],
  ['trimmedMean', (options) => trimmedMean({ count: 1, ...options })],
  ['coordinateMedian', (options) => coordinateMedian(options)],
  ['meanAroundMedian', (options) => meanAroundMedian({ count: 1, ...options })],
  ['geometricMedian', (options) => geometricMedian(options)],
  ['krum', (options) => krum({ byzantine: 1, ...options })],
  ['signAgreement', (options) => signAgreement({ threshold: 0.5, ...options })],
  ['snrGate', (options) => snrGate(options)],
  ['gradientAgreement', (options) => gradientAgreement({ threshold: 1, ...options })],
  ['coherenceWeighting', (options) => coherenceWeighting(options)],
  ['smallLoss', ({ nonFinite = 'refuse' }) => smallLoss({ drop: 0, nonFinite })],
]

const good = [
  [1, 2, 0.5],
  [1.5, 2.5, 0.25],
  [2, 1, 0.75],
  [1.25, 2.25, 0.5],
  [1, 2, 0.125],
]
const bads = [
  [1, NaN, 1],
  [Infinity, 1, 1],
  [1, 1, -Infinity],
  [NaN, NaN, NaN],
]

onEachEngine('rows that are not finite', openEngine, () => {
  describe.each(rules)('%s', (_, make) => {
    test.each(bads)('refuses a row of %d, %d, %d by number, and leaves it out where it is told to', async (...bad) => {
      const before = tf.memory().numTensors
      const stack = formedStack([...good.slice(0, 2), bad, ...good.slice(2)])
      const held = tf.memory().numTensors
      const refused =
        /^(.+): required (?:finite values|squared norms that float32 can hold), found .* in row 2 of 6; (.+)$/
      let said = ''
      try {
        make({}).aggregate(stack, {})
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
      expect(() => make({}).aggregate(spoilt, {})).toThrow(/row 5 of 6/)
      expect(await aggregated(make({ nonFinite: 'drop' }), spoilt)).toBeAllClose(await aggregated(make({}), without), {
        rtol: 1e-5,
        atol: 1e-6,
      })
      spoilt.dispose()
      without.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    test('refuses what is left where that is too little', () => {
      const stack = formedStack([
        [NaN, 1],
        [NaN, 1],
        [NaN, 1],
        [NaN, 1],
        [NaN, 1],
      ])
      const held = tf.memory().numTensors
      expect(() => make({ nonFinite: 'drop' }).aggregate(stack, {})).toThrow(/required at least \d rows, found 0/)
      expect(tf.memory().numTensors).toBe(held)
      stack.dispose()
    })
  })

  test('names the rows, the first five of them', () => {
    const stack = formedStack([...good, ...bads, ...bads])
    expect(() => krum({ byzantine: 1 }).aggregate(stack, {})).toThrow(
      "krum(1): required squared norms that float32 can hold, found others in rows 5, 6, 7, 8, 9, … of 13; nonFinite: 'drop' leaves such rows out",
    )
    expect(() => snrGate().aggregate(stack, {})).toThrow(
      /^snr: required finite values, found others in rows 5, 6, 7, 8, 9, … of 13/,
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
    expect((await aggregated(meanOfMeans({ groups: 9 }), stack)).every(Number.isNaN)).toBe(true)
    const dropped = await aggregated(meanOfMeans({ groups: 9, nonFinite: 'drop' }), stack)
    expect(dropped).toBeAllClose([1.35, 1.95, 0.425], { rtol: 1e-6 })
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
    const images = Array.from({ length: 7 * 16 }, (_, i) => (i === 3 * 16 + 5 ? NaN : Math.sin(i)))
    const labels = [0, 1, 0, 1, 1, 0, 1]
    const gradients = (kept: readonly number[]): GradientStack => {
      const inputs = tf.tensor4d(
        kept.flatMap((i) => images.slice(16 * i, 16 * i + 16)),
        [kept.length, 4, 4, 1],
      )
      const truth = tf.tensor1d(
        kept.map((i) => labels[i]!),
        'int32',
      )
      const stack = perExampleGradients(model, softmaxCrossEntropy, { inputs, labels: truth })
      tf.dispose([inputs, truth])
      return stack
    }
    const spoilt = gradients([0, 1, 2, 3, 4, 5, 6])
    const without = gradients([0, 1, 2, 4, 5, 6])
    for (const [, make] of rules) {
      expect(() => make({}).aggregate(spoilt, {})).toThrow(/row 3 of 7/)
      const found = await aggregated(make({ nonFinite: 'drop' }), spoilt)
      expect(found).toBeAllClose(await aggregated(make({}), without), { rtol: 1e-3, atol: 1e-4 })
    }
    spoilt.dispose()
    without.dispose()
    model.dispose()
  })
})
