import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onCpu, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'

interface Options {
  readonly inputShape: number[]
  readonly axis: number | number[]
  readonly scale: boolean
  readonly center: boolean
}

const options: Options[] = [
  { inputShape: [5], axis: -1 },
  { inputShape: [4, 3], axis: -1 },
  { inputShape: [4, 3], axis: 1 },
  { inputShape: [4, 3], axis: [1, 2] },
  { inputShape: [3, 2, 4], axis: [2, 3] },
].flatMap((each) => [
  { ...each, scale: true, center: true },
  { ...each, scale: false, center: true },
  { ...each, scale: true, center: false },
])

describe.each(testEngines)('LayerNormalization on %s', (engine) => {
  onEngine(engine)

  it.each(options)('agrees with one example at a time: $inputShape over $axis, γ $scale, β $center', async (each) => {
    expect(await disagreements(await caseOf(each))).toEqual([])
  })
})

/** tfjs has a gradient of the layer only with both γ and β: the twin has γ = 1 and β = 0 where the layer lacks them. */
async function caseOf({ inputShape, axis, scale, center }: Options): Promise<Case> {
  const build = (own: { scale?: boolean; center?: boolean }): tfl.LayersModel =>
    tfl.sequential({
      layers: [
        tfl.layers.dense({ name: 'd', units: inputShape.at(-1)!, inputShape }),
        tfl.layers.layerNormalization({ name: 'ln', epsilon: 0.01, axis, ...own }),
        tfl.layers.activation({ activation: 'tanh' }),
      ],
    })
  const at = randomCase(build({ scale, center }), 3, 22)
  const twin = build({})
  const own = Object.fromEntries(at.model.weights.map((weight) => [nameOf(weight), weight.read()]))
  for (const weight of twin.weights) {
    const name = nameOf(weight)
    weight.write(own[name] ?? (name === 'gamma' ? tf.ones : tf.zeros)(weight.shape as [number]))
  }
  const rows = await onCpu(() => exampleByExample(twin, at.loss, at.batch), [at.batch.inputs, at.batch.labels])
  const kept = Object.entries(rows).filter(([name]) => own[name.split('/')[1]!] != null)
  return { ...at, twin: Object.fromEntries(kept) }
}

function nameOf(weight: { readonly originalName: string }): string {
  return weight.originalName.split('/').at(-1)!
}
