import { describe, expect, it } from 'vitest'
import { alpha, expectedPairwiseDot, meanSquaredNorm, statisticOfRows } from './index.ts'
import { dot, mean, sum } from './twins.test-support.ts'

/** One example's loss at w. */
type LossOf = (w: readonly number[]) => number

const inputs = [
  [1, 0.5, -1],
  [0.3, -2, 0.7],
  [-1.2, 0.4, 1.1],
  [0.8, 0.9, -0.2],
  [1.5, -0.6, 0.1],
]

/** ½(w·x − y)²: a quadratic. */
const squaredErrors = inputs.map((x, i): LossOf => {
  const y = Math.sin(i)
  return (w) => (dot(w, x) - y) ** 2 / 2
})

/** Softmax cross-entropy of three classes; w has three numbers a class. */
const crossEntropies = inputs.map((x, i): LossOf => {
  return (w) => {
    const logits = [0, 1, 2].map((k) => dot(w.slice(3 * k, 3 * k + 3), x))
    return Math.log(sum(logits.map(Math.exp))) - logits[i % 3]!
  }
})

/** ∇ℓ by central differences. */
function gradient(loss: LossOf, w: readonly number[]): number[] {
  const h = 1e-5
  return w.map((_, j) => {
    const moved = (by: number): number[] => w.map((x, k) => (k === j ? x + by : x))
    return (loss(moved(h)) - loss(moved(-h))) / (2 * h)
  })
}

const step = (w: readonly number[], g: readonly number[], eta: number): number[] => w.map((x, j) => x - eta * g[j]!)

describe.each([
  { name: 'a quadratic', losses: squaredErrors, w: [0.2, -0.4, 0.9] },
  { name: 'softmax regression', losses: crossEntropies, w: [0.1, -0.3, 0.5, 0.2, 0.4, -0.1, -0.7, 0.6, 0.3] },
])('equation (3) on $name', ({ losses, w }) => {
  const gradients = losses.map((loss) => gradient(loss, w))
  const together = w.map((_, j) => mean(gradients.map((g) => g[j]!)))
  const statistic = statisticOfRows(gradients)

  /** The mean loss's fall when everybody takes one step, and when each example takes its own. */
  function falls(eta: number): { real: number; ideal: number } {
    const before = losses.map((loss) => loss(w))
    return {
      real: mean(losses.map((loss, i) => loss(step(w, together, eta)) - before[i]!)),
      ideal: mean(losses.map((loss, i) => loss(step(w, gradients[i]!, eta)) - before[i]!)),
    }
  }

  it('α is the real fall of the loss over the ideal one', () => {
    const { real, ideal } = falls(1e-6)
    expect(alpha(statistic)).toBeAllClose(real / ideal, { rtol: 1e-4 })
    expect(real / -1e-6).toBeAllClose(expectedPairwiseDot(statistic), { rtol: 1e-4 })
    expect(ideal / -1e-6).toBeAllClose(meanSquaredNorm(statistic), { rtol: 1e-4 })
  })

  it('comes nearer in proportion as the step gets smaller', () => {
    const error = (eta: number): number => {
      const { real, ideal } = falls(eta)
      return Math.abs(real / ideal - alpha(statistic))
    }
    expect(error(1e-3) / error(1e-4)).toBeGreaterThan(8)
    expect(error(1e-3) / error(1e-4)).toBeLessThan(12)
  })
})
