import { mCoherence, statisticOfRows } from '@coherent-gradients/coherence'
import { derive, keyOf, normals, uniformIntegers, type Key } from '@coherent-gradients/core'
import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RandomFitsSpec } from '../specs/random-fits-spec.ts'
import { descend, type DescentState } from './descend.ts'
import { linear } from './models/linear.ts'
import type { ToyExample } from './toy-data.ts'

/** For each training set losses in the end, on it and on fresh examples, and m·α at the first and the last weights. */
export function* measureRandomFits(spec: RandomFitsSpec): Generator<QuantityRow> {
  const { sizes, draws, test, learningRate, steps } = spec
  for (const m of sizes) {
    for (let draw = 0; draw < draws; draw++) {
      const key = derive(derive(keyOf(spec.seed), `m = ${m}`), draw)
      const train = randomExamples(derive(key, 'train'), m)
      const fresh = randomExamples(derive(key, 'test'), test)
      const descent = { name: '', data: 'M', model: 'linear', initial: 0, rule: 'mean', every: 1, measure: [] } as const
      let [first, last]: (DescentState | undefined)[] = []
      for (const state of descend({ ...descent, learningRate, steps }, train, spec.seed)) {
        first ??= state
        last = state
      }
      const { parameters, rows } = last!
      const loss = (examples: readonly ToyExample[]): number =>
        examples.reduce((sum, { x, y }) => sum + (y - linear.predict(parameters, x)) ** 2 / 2, 0) / examples.length
      const measured = {
        'training loss': loss(train),
        'test loss': loss(fresh),
        'm·α at first': mCoherence(statisticOfRows(first!.rows)),
        'm·α in the end': mCoherence(statisticOfRows(rows)),
      }
      for (const [quantity, value] of Object.entries(measured)) {
        yield { step: quantity === 'm·α at first' ? 0 : steps, series: `m = ${m}`, quantity, item: `${draw}`, value }
      }
    }
  }
}

function randomExamples(key: Key, count: number): readonly ToyExample[] {
  const features = linear.parameters.length
  const numbers = normals(derive(key, 'inputs'), count * features)
  const labels = uniformIntegers(derive(key, 'labels'), count, 2)
  return Array.from(labels, (label, i) => ({
    x: [...numbers.subarray(i * features, (i + 1) * features)],
    y: 2 * label - 1,
  }))
}
