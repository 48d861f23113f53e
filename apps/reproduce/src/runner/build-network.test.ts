import { keyOf } from '@coherent-gradients/core'
import { splitOf } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import { beforeAll, expect, it } from 'vitest'
import type { NetworkSpec } from '../specs/network-spec.ts'
import { buildNetwork, shapedFor } from './build-network.ts'

beforeAll(async () => {
  expect((await openEngine('cpu')())._tag).toBe('Right')
})

const examples = (inputShape: readonly number[]): Parameters<typeof shapedFor>[1] =>
  splitOf({
    name: 'made-up',
    inputs: new Float32Array(2 * inputShape.reduce((size, n) => size * n, 1)),
    labels: Int32Array.of(0, 2),
    inputShape,
    classes: 3,
  })

const dense: NetworkSpec = { kind: 'mlp', hidden: [5] }
const convolutions: NetworkSpec = { kind: 'cnn', stages: [[2]], dense: [] }

it.each<[NetworkSpec, readonly number[], readonly number[]]>([
  [dense, [4, 4, 3], [48]],
  [{ kind: 'linear' }, [16], [16]],
  [convolutions, [4, 4, 3], [4, 4, 3]],
  [convolutions, [16], [4, 4, 1]],
])('shapes examples as %j takes them: %j as %j', (network, given, taken) => {
  const shaped = shapedFor(network, examples(given))
  if (E.isLeft(shaped)) throw new Error(shaped.left.message)
  expect(shaped.right.inputShape).toEqual(taken)
  const model = buildNetwork(network, shaped.right, keyOf(1))
  expect(model.inputs[0]!.shape).toEqual([null, ...taken])
  expect(model.outputs[0]!.shape).toEqual([null, 3])
  model.dispose()
})

it.each([[[17]], [[4, 4]]])('has no picture in inputs %j', (inputShape) => {
  expect(shapedFor(convolutions, examples(inputShape))).toMatchObject(
    E.left({ message: expect.stringMatching(/made-up: a network of convolutions \(cnn\) takes pictures/) }),
  )
})
