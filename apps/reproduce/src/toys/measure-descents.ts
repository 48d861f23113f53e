import {
  alphaPerParameter,
  gramOfRows,
  mCoherence,
  parameterStatisticOfRows,
  statisticOfBlocks,
} from '@coherent-gradients/coherence'
import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { descend, type DescentState } from './descend.ts'
import { toyModels } from './models/index.ts'
import { toyData, type ToyExample } from './toy-data.ts'

type Measured = Omit<QuantityRow, 'step' | 'series'>

/** Makes the descents of a spec, one after the other, and measures each at its first and last weights and now and then between. */
export async function* measureDescents({ descents, seed }: DescentSpec): AsyncGenerator<QuantityRow> {
  for (const descent of descents) {
    const { train, test } = await toyData(descent.data)
    for (const state of descend(descent, train, seed)) {
      if (state.step % descent.every !== 0 && state.step !== descent.steps) continue
      for (const measured of measure(descent, state, train, test)) {
        yield { step: state.step, series: descent.name, ...measured }
      }
    }
  }
}

function* measure(
  { model: name, measure: wanted }: Descent,
  { parameters, rows, gradient }: DescentState,
  train: readonly ToyExample[],
  test: ToyExample,
): Generator<Measured> {
  const model = toyModels[name]
  const loss = ({ x, y }: ToyExample): number => (y - model.predict(parameters, x)) ** 2 / 2
  yield { quantity: 'loss', item: 'train', value: train.reduce((sum, each) => sum + loss(each), 0) / train.length }
  yield { quantity: 'loss', item: 'test', value: loss(test) }

  const layers = [...new Set(model.layers)]
  const statistic = statisticOfBlocks(
    layers.map((layer) => ({
      name: layer,
      layer,
      rows: rows.map((row) => row.filter((_, j) => model.layers[j] === layer)),
    })),
  )
  yield { quantity: 'm·α', item: 'all', value: mCoherence(statistic) }
  for (const layer of layers.length > 1 ? layers : []) {
    yield { quantity: 'm·α', item: `layer:${layer}`, value: mCoherence(statistic, (block) => block.layer === layer) }
  }
  const byParameter = (quantity: string, values: ArrayLike<number>): Measured[] =>
    model.parameters.map((item, j) => ({ quantity, item, value: values[j]! }))
  if (wanted.includes('weights')) yield* byParameter('weight', parameters)
  if (wanted.includes('gradients')) yield* byParameter('gradient', gradient)
  if (wanted.includes('components')) {
    yield* byParameter('α', alphaPerParameter(parameterStatisticOfRows(rows))[0]!.values)
  }
  if (wanted.includes('pairs')) {
    const { m, data } = gramOfRows(rows)
    for (const [at, value] of data.entries()) {
      yield { quantity: 'g·g′', item: `${Math.floor(at / m) + 1},${(at % m) + 1}`, value }
    }
  }
}
