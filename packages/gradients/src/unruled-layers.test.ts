import { openEngine } from '@coherent-gradients/engine'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { unruledLayers, type LayerRule } from './index.ts'

beforeAll(async () => {
  await openEngine('cpu')()
})

const recurrent = (name: string, trainable = true): tfl.layers.Layer =>
  tfl.layers.simpleRNN({ name, units: 2, recurrentInitializer: 'zeros', returnSequences: true, trainable })

describe('unruledLayers', () => {
  it('names trained layers alone, nested ones with their models', () => {
    const inner = tfl.sequential({
      name: 'inner',
      layers: [tfl.layers.inputLayer({ inputShape: [4, 1] }), recurrent('a')],
    })
    const model = tfl.sequential({
      layers: [inner, recurrent('frozen', false), tfl.layers.dense({ name: 'd', units: 2 })],
    })
    expect(unruledLayers(model)).toEqual([{ name: 'inner/a', className: 'SimpleRNN' }])
    const rule: LayerRule = {
      className: 'SimpleRNN',
      preActivation: (_, input) => input,
      activation: (_, z) => z,
      blocks: () => ({ blocks: [], owned: [] }),
    }
    expect(unruledLayers(model, [rule])).toEqual([])
  })

  it('says why a rule refuses a layer', () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv1d({ name: 'c', filters: 1, kernelSize: 2, padding: 'causal' as never, inputShape: [4, 1] }),
      ],
    })
    expect(unruledLayers(model)).toEqual([
      { name: 'c', className: 'Conv1D', refusal: 'pads causally, which tfjs itself cannot run' },
    ])
  })
})
