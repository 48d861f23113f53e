import { test } from 'vitest'
import { generalizationBound } from './index.ts'

const options = { time: 1000, iterations: 5, warmupIterations: 3, warmupTime: 0 }
const constants = { lipschitz: 1, smoothness: 10, examples: 50_000 }
const series = Array.from({ length: 1_000_000 }, (_, t) => ({
  learningRate: 0.1 + 0.01 * Math.sin(t),
  alpha: 0.5 + 0.4 * Math.cos(t),
}))
const fixed = series.map(({ alpha }) => ({ learningRate: 0.1, alpha }))

test('a million steps, with the contribution of each', async ({ bench }) => {
  await bench.compare(
    bench('another learning rate at each step', () => void generalizationBound(series, constants)),
    bench('one learning rate', () => void generalizationBound(fixed, constants)),
    options,
  )
}, 120_000)
