import { test } from 'vitest'
import { generalizationBound } from './index.ts'

const options = { time: 1000, iterations: 5, warmupIterations: 3, warmupTime: 0 }
const constants = { lipschitz: 1, smoothness: 10, examples: 50_000 }
const T = 1_000_000
const learningRates = Float64Array.from({ length: T }, (_, t) => 0.1 + 0.01 * Math.sin(t))
const alphas = Float64Array.from({ length: T }, (_, t) => 0.5 + 0.4 * Math.cos(t))
const fixed = learningRates.map(() => 0.1)
const steps = Array.from(alphas, (alpha, i) => ({ learningRate: learningRates[i]!, alpha }))

test('a million steps, with the contribution of each', async ({ bench }) => {
  await bench.compare(
    bench('columns, another learning rate at each step', () => {
      generalizationBound({ learningRates, alphas }, constants)
    }),
    bench('columns, one learning rate', () => void generalizationBound({ learningRates: fixed, alphas }, constants)),
    bench('a list of steps', () => void generalizationBound(steps, constants)),
    options,
  )
}, 120_000)
