import type { QuantityRow } from '@coherent-gradients/runlog'
import type { InitialisationSpec } from '../specs/initialisation-spec.ts'
import { finalTwoNeurons } from './final-two-neurons.ts'

/**
 * For each cell of each grid its test loss in the end, NaN where the descent diverges, and how much more the common feature
 * weighs in the output than an idiosyncratic one. A cell is named `i,j` after w1 and w2, whose values are rows of their
 * own. For the whole grid: the largest training loss in the end, and the steps of the slowest descent.
 */
export function* measureInitialisations({ grids }: InitialisationSpec): Generator<QuantityRow> {
  for (const { name: series, from, to, cells, others, learningRate, steps } of grids) {
    const middle = (i: number): number => from + ((to - from) * (i + 0.5)) / cells
    let [largestTrainLoss, slowest] = [0, 0]
    for (let i = 0; i < cells; i++) {
      yield { step: 0, series, quantity: 'first weight', item: `${i}`, value: middle(i) }
    }
    for (let i = 0; i < cells; i++) {
      for (let j = 0; j < cells; j++) {
        const end = finalTwoNeurons({ w1: middle(i), w2: middle(j), others }, learningRate, steps)
        const at = { step: end.steps, series, item: `${i},${j}` }
        yield { ...at, quantity: 'test loss', value: end.testLoss }
        yield { ...at, quantity: 'common less own', value: Math.abs(end.common) - Math.abs(end.idiosyncratic) }
        if (end.trainLoss > largestTrainLoss) largestTrainLoss = end.trainLoss
        slowest = Math.max(slowest, end.steps)
      }
    }
    yield { step: slowest, series, quantity: 'largest training loss', item: '', value: largestTrainLoss }
    yield { step: slowest, series, quantity: 'slowest descent, steps', item: '', value: slowest }
  }
}
