import { derive, keyOf, uniformIntegers, type Key } from '@coherent-gradients/core'
import type { QuantityRow } from '@coherent-gradients/runlog'
import type { ExpressivitySpec } from '../specs/expressivity-spec.ts'
import { fitAnyPoints, fitsExactly, outputAt, project, type TwoLayerNetwork } from './fit-any-points.ts'

/** Bytes, as of pictures. */
const LEVELS = 256
/** Classes 0 to 9. */
const CLASSES = 10
/** Large enough that random points hardly ever share a projection. */
const DIRECTIONS = 2 ** 20

/** For each n: weights, points fitted exactly over all labellings, the largest error in float64; and one network, drawn. */
export function* measureExpressivity({
  seed,
  inputs,
  sizes,
  labellings,
  drawn,
}: ExpressivitySpec): Generator<QuantityRow> {
  const whole = (key: Key, count: number, below: number): readonly number[] => [...uniformIntegers(key, count, below)]
  for (const n of sizes) {
    const key = derive(keyOf(seed), `n = ${n}`)
    const numbers = whole(derive(key, 'points'), n * inputs, LEVELS)
    const points = Array.from({ length: n }, (_, i) => numbers.slice(i * inputs, (i + 1) * inputs))
    const a = whole(derive(key, 'direction'), inputs, DIRECTIONS)
    const row = (quantity: string, value: number): QuantityRow => ({
      step: 0,
      series: `n = ${n}`,
      quantity,
      item: '',
      value,
    })
    let [fitted, largest] = [0, 0]
    let network: TwoLayerNetwork | undefined
    for (let labelling = 0; labelling < labellings; labelling++) {
      const labels = whole(derive(derive(key, 'labels'), labelling), n, CLASSES)
      network = fitAnyPoints(points, labels, a)
      for (const [i, x] of points.entries()) {
        const z = project(a, x)
        if (fitsExactly(network, z, labels[i]!)) fitted++
        largest = Math.max(largest, Math.abs(outputAt(network, z) - labels[i]!))
      }
      if (n === drawn && labelling === 0) yield* drawing(network, points, labels)
    }
    yield row('weights', network!.a.length + network!.b.length + network!.w.length)
    yield row('points fitted exactly', fitted)
    yield row('largest error in float64', largest)
  }
}

function* drawing(
  network: TwoLayerNetwork,
  points: readonly (readonly number[])[],
  labels: readonly number[],
): Generator<QuantityRow> {
  const projections = points.map((x) => project(network.a, x))
  const [low, high] = [Math.min(...projections), Math.max(...projections)]
  const share = (z: number): number => (z - low) / (high - low)
  const at = { step: 0, series: 'drawn' }
  for (const [i, z] of projections.entries()) {
    yield { ...at, quantity: 'place of point', item: `${i}`, value: share(z) }
    yield { ...at, quantity: 'label', item: `${i}`, value: labels[i]! }
  }
  for (let i = 0; i <= 1000; i++) {
    yield { ...at, quantity: 'output', item: `${i}`, value: outputAt(network, low + ((high - low) * i) / 1000) }
  }
}
