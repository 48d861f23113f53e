import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, type Loss } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import { keyOf } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import { fc, test } from '@fast-check/vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Descent } from '../specs/descent-spec.ts'
import { descend } from './descend.ts'
import { finalTwoNeurons } from './final-two-neurons.ts'
import { toyModels } from './models/index.ts'
import { toyData } from './toy-data.ts'

beforeAll(async () => {
  await openEngine('cpu')()
})

const some = fc.double({ min: -1, max: 1, noNaN: true })

describe.each(Object.entries(toyModels))('%s', (_, model) => {
  test.prop([
    fc.array(some, { minLength: model.parameters.length, maxLength: model.parameters.length }),
    fc.array(some, { minLength: 6, maxLength: 6 }),
  ])('has the slopes of its prediction', (parameters, x) => {
    // Every prediction is at most quadratic in one parameter, so that a central difference is exact but for rounding.
    const h = 0.5
    const slopes = model.slopes(parameters, x)
    expect(slopes).toHaveLength(model.layers.length)
    slopes.forEach((slope, j) => {
      const moved = (by: number): number =>
        model.predict(
          parameters.map((value, i) => (i === j ? value + by : value)),
          x,
        )
      expect(slope).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 12)
    })
  })
})

describe('descend', () => {
  it.each(['linear', 'deep-linear'] as const)(
    'starts with the gradients that tfjs gives the %s model',
    async (kind) => {
      const initial = 0.25
      const { train } = await toyData('L')
      const descent: Descent = {
        name: '',
        data: 'L',
        model: kind,
        initial,
        rule: 'mean',
        learningRate: 0.1,
        steps: 0,
        every: 1,
        measure: [],
      }
      const [state] = [...descend(descent, train, 1)]
      const spec = { inputs: 6, initialisation: initial }
      const model = buildModel(kind === 'linear' ? { kind, outputs: 1, ...spec } : { kind, ...spec }, keyOf(1))
      const inputs = tf.tensor2d(train.map(({ x }) => [...x]))
      const labels = tf.tensor1d(train.map(({ y }) => y))
      const half: Loss = {
        name: 'half squared error',
        perExample: (output, targets) => tf.mul(0.5, tf.square(tf.sub(tf.reshape(output, [-1]), targets))),
      }
      const stack = perExampleGradients(model, half, { inputs, labels })
      const rows = tf.concat(
        stack.blocks.map((block) => block.columns(0, block.size)),
        1,
      )
      expect(rows.shape).toEqual([4, toyModels[kind].parameters.length])
      rows
        .arraySync()
        .flat()
        .forEach((value, at) => expect(value).toBeCloseTo(state!.rows.flat()[at]!, 6))
      stack.dispose()
      model.dispose()
    },
  )
})

describe('finalTwoNeurons', () => {
  const weight = fc.double({ min: -1.5, max: 1.5, noNaN: true })

  test.prop([weight, weight, fc.constantFrom(0.05, 0.1, 0.3)], { numRuns: 30 })(
    'ends where the descent of all thirteen weights does',
    async (w1, w2, learningRate) => {
      const { train, test: fifth } = await toyData('L')
      const end = finalTwoNeurons({ w1, w2, others: 0.01 }, learningRate, 3000)
      const descent: Descent = {
        name: '',
        data: 'L',
        model: 'two-neurons',
        initial: 0.01,
        except: { w1, w2 },
        rule: 'mean',
        learningRate,
        steps: end.steps,
        every: 1,
        measure: [],
      }
      const { parameters } = [...descend(descent, train, 1)].at(-1)!
      const { predict } = toyModels['two-neurons']
      expect(end.testLoss).toBeCloseTo((fifth.y - predict(parameters, fifth.x)) ** 2 / 2, 9)
      expect(end.trainLoss).toBeCloseTo((train[0]!.y - predict(parameters, train[0]!.x)) ** 2 / 2, 9)
      expect(end.common).toBeCloseTo(parameters[12]! * parameters[10]!, 9)
      expect(end.idiosyncratic).toBeCloseTo(parameters[11]! * parameters[2]! + parameters[12]! * parameters[7]!, 9)
    },
  )

  it('says NaN where the descent diverges', () => {
    expect(finalTwoNeurons({ w1: 4, w2: 4, others: 0.01 }, 1, 1000)).toMatchObject({ trainLoss: NaN, testLoss: NaN })
  })
})
