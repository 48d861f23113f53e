import { test } from 'vitest'
import { openOrderStatistics, winsorizedMeanOfFactors, winsorizedMeanOfRows, medianRanks } from './index.ts'
import { factoredLayer, formed, mnistLayers } from './mnist-layers.test-support.ts'

const options = { time: 1000, iterations: 5, warmupIterations: 3, warmupTime: 0 }
const [one, two] = [1, 2].map((threads) => openOrderStatistics({ threads }))
const clipping = (c: number, rows = 100) => ({ lower: c, upper: rows - 1 - c })

for (const [name, layers] of [
  ['factors as sparse as on MNIST', mnistLayers(100)],
  ['no zeros', mnistLayers(100, { activations: 1, deltas: 1 })],
] as const) {
  test(`784-256-256-256-10, 100 examples, ${name}`, async ({ bench }) => {
    await bench.compare(
      ...[one!, two!].flatMap((each) => [
        ...[1, 2, 4, 8, 20].map((c) =>
          bench(`winsorized mean, c = ${c}, ${each.description}`, () => {
            for (const layer of layers) each.winsorizedMeanOfFactors(layer, clipping(c))
          }),
        ),
        bench(`median, ${each.description}`, () => {
          for (const layer of layers) each.trimmedMeanOfFactors(layer, medianRanks(100))
        }),
      ]),
      bench('winsorized mean, c = 8, plain TypeScript', () => {
        for (const layer of layers) winsorizedMeanOfFactors(layer, clipping(8))
      }),
      options,
    )
  }, 120_000)
}

test('formed rows of 335,000 columns', async ({ bench }) => {
  const three = formed(factoredLayer(3, 670, 500, { activations: 1, deltas: 1 }))
  const hundred = formed(factoredLayer(100, 67, 50, { activations: 1, deltas: 1 }))
  await bench.compare(
    ...[one!, two!].flatMap((each) => [
      bench(`median of 3, ${each.description}`, () => void each.trimmedMeanOfRows(three, medianRanks(3))),
      bench(`3,350 columns of 100, c = 8, ${each.description}`, () => {
        each.winsorizedMeanOfRows(hundred, clipping(8))
      }),
    ]),
    bench('3,350 columns of 100, c = 8, plain TypeScript', () => void winsorizedMeanOfRows(hundred, clipping(8))),
    options,
  )
}, 60_000)
