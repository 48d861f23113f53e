import { test } from 'vitest'
import type { FactoredRows } from './factored-rows.ts'
import {
  medianRanks,
  openKernelThreads,
  openOrderStatistics,
  orderStatisticsIn,
  winsorizedMeanOfFactors,
  winsorizedMeanOfRows,
  type Ranks,
} from './index.ts'
import { factoredLayer, formed, mnistLayers } from './mnist-layers.test-support.ts'
import { trimmed, winsorized, type Statistic } from './statistic.ts'

const options = { time: 1000, iterations: 5, warmupIterations: 3, warmupTime: 0 }
const [one, two] = [1, 2].map((threads) => openOrderStatistics({ threads }))
const clipping = (c: number, rows = 100) => ({ lower: c, upper: rows - 1 - c })

/** Runs statistics of layers that lie in a memory already, as engine `wasm` has them: nothing is copied. */
function inPlace(layers: readonly FactoredRows[], threads: number): (statistic: Statistic, ranks: Ranks) => void {
  const memory = new WebAssembly.Memory({ initial: 512, maximum: 512, shared: true })
  const statistics = orderStatisticsIn(memory, { threads: openKernelThreads(memory, { threads }) })
  let end = 0
  const take = (bytes: number): number => {
    const at = end
    end += (bytes + 63) & ~63
    return at
  }
  const write = (values: Float32Array): number => {
    const at = take(values.byteLength)
    new Float32Array(memory.buffer, at, values.length).set(values)
    return at
  }
  const placed = layers.map((layer) => ({
    stack: { ...layer, activations: write(layer.activations), deltas: write(layer.deltas) },
    places: { result: take(4 * layer.inputs * layer.outputs), scratch: take(statistics.bytesForFactors(layer)) },
  }))
  return (statistic, ranks) => {
    for (const { stack, places } of placed) statistics.ofFactors(statistic, stack, ranks, places)
  }
}

for (const [name, layers] of [
  ['factors as sparse as on MNIST', mnistLayers(100)],
  ['no zeros', mnistLayers(100, { activations: 1, deltas: 1 })],
] as const) {
  test(`784-256-256-256-10, 100 examples, ${name}`, async ({ bench }) => {
    await bench.compare(
      ...[1, 2].flatMap((threads) => {
        const run = inPlace(layers, threads)
        return [
          ...[1, 2, 4, 8, 20].map((c) =>
            bench(`winsorized mean, c = ${c}, in place, threads: ${threads}`, () => run(winsorized, clipping(c))),
          ),
          bench(`median, in place, threads: ${threads}`, () => run(trimmed, medianRanks(100))),
        ]
      }),
      bench(`winsorized mean, c = 8, with copies in and out, ${two!.description}`, () => {
        for (const layer of layers) two!.winsorizedMeanOfFactors(layer, clipping(8))
      }),
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
