import { named, type ToyModel } from '../toy-model.ts'

const dot = (weights: readonly number[], x: readonly number[]): number =>
  weights.reduce((sum, weight, j) => sum + weight * x[j]!, 0)

const split = (p: ArrayLike<number>): { u: number[]; v: number[]; w1: number; w2: number } => {
  const all = Array.from(p)
  return { u: all.slice(0, 5), v: all.slice(5, 11), w1: all[11]!, w2: all[12]! }
}

/**
 * y = w⁽¹⁾h⁽¹⁾ + w⁽²⁾h⁽²⁾, the network of Example 8: the bad neuron h⁽¹⁾ = Σ_{j≤5} u⁽ʲ⁾x⁽ʲ⁾ doesn't see the common feature,
 * the good one h⁽²⁾ = Σ_{j≤6} v⁽ʲ⁾x⁽ʲ⁾ does. Its parameters are u, v, then w.
 */
export const twoNeurons: ToyModel = {
  parameters: [...named('u', 5), ...named('v', 6), ...named('w', 2)],
  layers: [...Array.from({ length: 11 }, () => 'hidden'), 'output', 'output'],
  predict(p, x) {
    const { u, v, w1, w2 } = split(p)
    return w1 * dot(u, x) + w2 * dot(v, x)
  },
  slopes(p, x) {
    const { u, v, w1, w2 } = split(p)
    return [...u.map((_, j) => w1 * x[j]!), ...v.map((_, j) => w2 * x[j]!), dot(u, x), dot(v, x)]
  },
}
