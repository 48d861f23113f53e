import { extremeEigenvalues, finiteDifferenceProduct } from '@coherent-gradients/bound'
import { derive, keyOf, type Failure } from '@coherent-gradients/core'
import { sample } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { trainableWeights, type Loss } from '@coherent-gradients/gradients'
import { readCheckpoint } from '@coherent-gradients/runlog'
import { flatGradient, gradientNorms, tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunSpec, TrainingSpec } from '../run-spec.ts'
import { buildNetwork } from '../runner/build-network.ts'
import { stateOf } from '../runner/checkpoint-of.ts'
import { lossOf } from '../runner/loss-of.ts'
import { splitsOf } from '../runner/splits-of.ts'
import type { ConstantsWanted } from './constants-of.ts'
import type { MeasuredSeries } from './measured-series.ts'
import { seriesFailure } from './series-failure.ts'

export interface EstimatedConstants {
  readonly lipschitz: number
  readonly smoothness: number
  /** What was looked at, a sentence each, without full stops. */
  readonly notes: readonly string[]
}

/** Examples whose gradients' lengths are compared. */
const EXAMPLES = 500
/** Examples whose own Hessian is looked at, beside that of the mean loss: β must hold for each of all. */
const ALONE = 4
/** How far the weights are moved for a difference of float32 gradients. */
const DISTANCE = 1e-2
const PRODUCTS = 20

/**
 * L and β of a training run from its first and its last weights: the longest gradient of some examples, and the largest
 * eigenvalue of the Hessian, of the mean loss over some and of a few examples alone. Both are below what the theorem needs.
 *
 * @returns a failure where the series isn't a run of a training, or its data or engine can't be had.
 */
export async function estimateConstants(
  { source }: MeasuredSeries,
  { lipschitz, smoothness, dataDir }: ConstantsWanted,
): Promise<E.Either<Failure, EstimatedConstants>> {
  const spec = await specOf(source)
  if (spec === null) {
    return E.left(
      seriesFailure(
        source,
        'estimate takes the folder of a training run, whose weights it looks at: give numbers instead',
      ),
    )
  }
  const engine = await openEngine(spec.engine)()
  if (E.isLeft(engine)) return engine
  const splits = await splitsOf(spec, dataDir === undefined ? {} : { dataDirectory: dataDir })()
  if (E.isLeft(splits)) return splits
  const checkpoint = await readCheckpoint(join(source, 'checkpoint'))()
  if (E.isLeft(checkpoint)) return checkpoint
  const { train } = splits.right
  const key = keyOf(spec.seed)
  const model = buildNetwork(spec.model, train, derive(key, 'weights'))
  const drawn = sample(train, derive(key, 'examples:constants'), Math.min(EXAMPLES, train.ids.length))
  const found = { lipschitz: 0, smoothness: 0 }
  const looked: string[] = []
  const look = async (when: string): Promise<void> => {
    looked.push(when)
    const loss = lossOf(spec.training.loss)
    const batch = tensorBatch(await drawn.read(drawn.ids))
    try {
      if (lipschitz === 'estimate') {
        for (const norm of await gradientNorms(model, loss, batch)) found.lipschitz = Math.max(found.lipschitz, norm)
      }
      if (smoothness === 'estimate') {
        found.smoothness = Math.max(found.smoothness, await curvature(model, loss, batch))
        for (const id of drawn.ids.subarray(0, ALONE)) {
          const one = tensorBatch(await drawn.read([id]))
          found.smoothness = Math.max(found.smoothness, await curvature(model, loss, one))
          tf.dispose([one.inputs, one.labels])
        }
      }
    } finally {
      tf.dispose([batch.inputs, batch.labels])
    }
  }
  try {
    await look('the first')
    if (checkpoint.right !== null) {
      const { step, weights } = stateOf(checkpoint.right)
      for (const { name, variable, shape } of trainableWeights(model)) {
        tf.tidy(() => variable.assign(tf.tensor(weights[name]!.data.slice(), [...shape])))
      }
      await look(`step ${step}'s`)
    }
  } finally {
    model.dispose()
    await splits.right.close()
  }
  return E.right({ ...found, notes: notesOf(lipschitz, smoothness, found, drawn.ids.length, looked.join(' and ')) })
}

function notesOf(
  lipschitz: ConstantsWanted['lipschitz'],
  smoothness: ConstantsWanted['smoothness'],
  found: Omit<EstimatedConstants, 'notes'>,
  examples: number,
  when: string,
): readonly string[] {
  const count = examples.toLocaleString('en')
  return [
    ...(lipschitz === 'estimate'
      ? [`L = ${found.lipschitz.toPrecision(3)} is the longest gradient of ${count} examples at ${when} weights`]
      : []),
    ...(smoothness === 'estimate'
      ? [
          `β = ${found.smoothness.toPrecision(3)} is the largest curvature of their mean loss, and of ${ALONE} examples alone, at ${when} weights`,
        ]
      : []),
  ]
}

async function curvature(model: LayersModel, loss: Loss, batch: ReturnType<typeof tensorBatch>): Promise<number> {
  const { weights, at } = await flatGradient(model, loss, batch)
  const { spectralNorm } = await extremeEigenvalues(finiteDifferenceProduct(at, weights, DISTANCE), weights.length, {
    key: keyOf('curvature'),
    iterations: PRODUCTS,
    tolerance: 1e-2,
  })
  return spectralNorm
}

async function specOf(folder: string): Promise<TrainingSpec | null> {
  try {
    const spec = JSON.parse(await readFile(join(folder, 'spec.json'), 'utf8')) as RunSpec
    return spec.task === undefined ? (spec as TrainingSpec) : null
  } catch {
    return null
  }
}
