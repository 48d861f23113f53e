import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onCpu, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'
import { halfSquaredError, perExampleGradients } from '../index.ts'

const convolutions = fc.record({
  size: fc.tuple(fc.integer({ min: 4, max: 6 }), fc.integer({ min: 4, max: 6 })),
  channels: fc.integer({ min: 1, max: 3 }),
  filters: fc.integer({ min: 1, max: 4 }),
  kernelSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  padding: fc.constantFrom('same', 'valid'),
  useBias: fc.boolean(),
  activation: fc.constantFrom('linear', 'relu', 'tanh'),
  m: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 999 }),
  sliceBytes: fc.constantFrom(1, 3000, 2 ** 26),
})

describe.each(testEngines)('Conv2D on %s', (engine) => {
  onEngine(engine)

  test.prop([convolutions], { numRuns: 15 })('agrees with one example at a time', async (spec) => {
    const { size, channels, m, seed, sliceBytes, ...args } = spec
    const options = { ...args, activation: args.activation as 'relu', padding: args.padding as 'same' }
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [...size, channels], activation: 'tanh' }),
        tfl.layers.conv2d(options),
      ],
    })
    const at = randomCase(model, m, seed)
    expect(await disagreements(at, { sliceBytes })).toEqual([])
    tf.dispose([at.batch.inputs, at.batch.labels])
    model.dispose()
  })

  it.each([
    { kernelSize: 3, dilationRate: 2, padding: 'same' as const },
    { kernelSize: 2, dilationRate: [3, 1] as [number, number], padding: 'valid' as const },
    { kernelSize: [2, 3] as [number, number], dilationRate: [1, 2] as [number, number], padding: 'same' as const },
  ])('spreads its taps by a dilation: $kernelSize by $dilationRate, $padding', async (options) => {
    const at = await dilatedCase(options)
    expect(await disagreements(at, { sliceBytes: 2000 })).toEqual([])
  })

  it('joins the calls of a shared layer before any norm', async () => {
    const shared = tfl.layers.conv2d({ name: 'shared', filters: 2, kernelSize: 3, padding: 'same', activation: 'tanh' })
    const input = tfl.input({ shape: [4, 4, 2] })
    const small = tfl.layers.averagePooling2d({ poolSize: 2 }).apply(shared.apply(input)) as tfl.SymbolicTensor
    const outputs = tfl.layers.flatten().apply(shared.apply(small)) as tfl.SymbolicTensor
    const model = tfl.model({ inputs: input, outputs })
    expect(await disagreements(randomCase(model, 3, 5))).toEqual([])
  })

  it('lets gradients through a frozen layer and makes none for it', () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ name: 'first', filters: 2, kernelSize: 2, inputShape: [4, 4, 1] }),
        tfl.layers.conv2d({ name: 'frozen', filters: 2, kernelSize: 2, dilationRate: 2, trainable: false }),
        tfl.layers.flatten(),
      ],
    })
    const { batch } = randomCase(model, 2, 3)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    expect(stack.blocks.map((block) => block.name)).toEqual(['first/kernel', 'first/bias'])
    stack.dispose()
  })
})

it('refuses channels that come first', async () => {
  const model = tfl.sequential({
    layers: [
      tfl.layers.conv2d({ name: 'c', filters: 2, kernelSize: 2, inputShape: [1, 4, 4], dataFormat: 'channelsFirst' }),
      tfl.layers.flatten(),
    ],
  })
  const batch = { inputs: tf.zeros([1, 1, 4, 4]), labels: tf.zeros([1, 18]) }
  expect(() => perExampleGradients(model, halfSquaredError, batch)).toThrow(
    /the rule for Conv2D doesn't take layer c, which has its channels first/,
  )
  await onCpu(() => perExampleGradients(model, halfSquaredError, batch, { fallback: 'example-by-example' }).dispose())
})

/** tfjs has no gradient of a dilated convolution: the twin's kernel has zeros between the taps, and is no longer dilated. */
async function dilatedCase(options: {
  kernelSize: number | [number, number]
  dilationRate: number | [number, number]
  padding: 'same' | 'valid'
}): Promise<Case> {
  const both = (x: number | [number, number]): [number, number] => (typeof x === 'number' ? [x, x] : x)
  const [taps, rate] = [both(options.kernelSize), both(options.dilationRate)]
  const reach = [0, 1].map((a) => (taps[a]! - 1) * rate[a]! + 1) as [number, number]
  const at = randomCase(
    tfl.sequential({ layers: [tfl.layers.conv2d({ ...options, name: 'c', filters: 3, inputShape: [6, 5, 2] })] }),
    3,
    11,
  )
  const spread = tfl.sequential({
    layers: [
      tfl.layers.conv2d({ name: 'c', filters: 3, padding: options.padding, kernelSize: reach, inputShape: [6, 5, 2] }),
    ],
  })
  const positions: number[] = []
  for (let i = 0; i < taps[0]; i++)
    for (let j = 0; j < taps[1]; j++) positions.push(i * rate[0] * reach[1] + j * rate[1])
  const [kernel, bias] = at.model.getWeights()
  const values = await kernel!.data()
  const stuffed = new Float32Array(reach[0] * reach[1] * 6)
  positions.forEach((position, tap) => stuffed.set(values.subarray(tap * 6, tap * 6 + 6), position * 6))
  spread.setWeights([tf.tensor(stuffed, [...reach, 2, 3]), bias!])
  const rows = await onCpu(() => exampleByExample(spread, at.loss, at.batch), [at.batch.inputs, at.batch.labels])
  const read = rows['c/kernel']!.map((row) =>
    positions.flatMap((position) => row.slice(position * 6, position * 6 + 6)),
  )
  return { ...at, twin: { ...rows, 'c/kernel': read } }
}
