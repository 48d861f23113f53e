import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onCpu, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'

interface Options {
  readonly inputShape: number[]
  readonly axis: number
  readonly scale: boolean
  readonly center: boolean
}

const options: Options[] = [
  { inputShape: [5], axis: -1 },
  { inputShape: [4, 3], axis: 2 },
  { inputShape: [4, 3], axis: 1 },
  { inputShape: [3, 2, 4], axis: -1 },
  { inputShape: [3, 2, 4], axis: 1 },
  { inputShape: [3, 2, 4], axis: 2 },
].flatMap((each) => [
  { ...each, scale: true, center: true },
  { ...each, scale: false, center: true },
  { ...each, scale: true, center: false },
])

describe.each(testEngines)('BatchNormalization on %s', (engine) => {
  onEngine(engine)

  it.each(options)(
    'agrees with one example at a time by its moving statistics: $inputShape, axis $axis, γ $scale, β $center',
    async (each) => {
      expect(await disagreements(await caseOf(each))).toEqual([])
    },
  )

  it('joins the calls of a shared layer', async () => {
    const shared = tfl.layers.batchNormalization()
    const input = tfl.input({ shape: [3, 4] })
    const outputs = shared.apply(tfl.layers.activation({ activation: 'tanh' }).apply(shared.apply(input)))
    const model = tfl.model({ inputs: input, outputs: outputs as tfl.SymbolicTensor })
    expect(await disagreements(randomCase(model, 3, 4))).toEqual([])
  })
})

/**
 * tfjs has a gradient of batch normalisation only along the last axis and with both γ and β: the twin moves the axis
 * there and back, and has γ = 1 and β = 0 in place of those that the layer lacks.
 */
async function caseOf({ inputShape, axis, scale, center }: Options): Promise<Case> {
  const rank = inputShape.length + 1
  const last = [...inputShape.keys()].map((a) => a + 1)
  if (axis > 0) last.push(...last.splice(axis - 1, 1))
  const back = last.map((_, a) => last.indexOf(a + 1) + 1)
  const build = (normalization: tfl.layers.Layer[]): tfl.LayersModel =>
    tfl.sequential({
      layers: [
        tfl.layers.dense({ name: 'd', units: inputShape.at(-1)!, inputShape }),
        ...normalization,
        tfl.layers.activation({ activation: 'tanh' }),
      ],
    })
  const common = { name: 'bn', epsilon: 0.01 }
  const at = randomCase(build([tfl.layers.batchNormalization({ ...common, axis, scale, center })]), 3, rank)
  const twin = build([
    tfl.layers.permute({ dims: last }),
    tfl.layers.batchNormalization(common),
    tfl.layers.permute({ dims: back }),
  ])
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
