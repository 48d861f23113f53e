import { test } from 'vitest'
import { coordinateMedianOfFactors } from './coordinate-median-of-factors.ts'
import { factoredLayer, formed, mnistLayers } from './mnist-layers.test-support.ts'
import { winsorizedMeanOfFactors } from './winsorized-mean-of-factors.ts'
import { winsorizedMeanOfRows } from './winsorized-mean-of-rows.ts'

const options = { time: 1000, iterations: 5, warmupIterations: 1, warmupTime: 0 }

test('784-256-256-256-10, 100 examples, factors as sparse as on MNIST', async ({ bench }) => {
  const layers = mnistLayers(100)
  await bench.compare(
    ...[1, 2, 4, 8, 20].map((c) =>
      bench(`winsorized mean, c = ${c}`, () => {
        for (const layer of layers) winsorizedMeanOfFactors(layer, { lower: c, upper: 99 - c })
      }),
    ),
    bench('median', () => {
      for (const layer of layers) coordinateMedianOfFactors(layer)
    }),
    options,
  )
}, 60_000)

test('256 × 256, 100 examples, no zeros', async ({ bench }) => {
  const layer = factoredLayer(100, 256, 256, { activations: 1, deltas: 1 })
  const rows = formed(layer)
  await bench.compare(
    ...[1, 8, 20].flatMap((c) => [
      bench(`factors, c = ${c}`, () => void winsorizedMeanOfFactors(layer, { lower: c, upper: 99 - c })),
      bench(`formed rows, c = ${c}`, () => void winsorizedMeanOfRows(rows, { lower: c, upper: 99 - c })),
    ]),
    bench('factors, median', () => void coordinateMedianOfFactors(layer)),
    options,
  )
}, 60_000)
