import { extremeEigenvalues, finiteDifferenceProduct } from '@coherent-gradients/bound'
import { alphaDebiased, meanSquaredNorm } from '@coherent-gradients/coherence'
import { normsOf } from '@coherent-gradients/coherence/tfjs'
import { derive, type Batch, type Key, type Split } from '@coherent-gradients/core'
import { batchSchedule } from '@coherent-gradients/datasets'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { buildModel, type ModelSpec } from '@coherent-gradients/models'
import type { QuantityRow } from '@coherent-gradients/runlog'
import { flatGradient, gradientNorms, tensorBatch, twins, type Replacement } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { TwinsSpec } from '../specs/twins-spec.ts'
import { ladder, type LadderStep } from './ladder.ts'
import { mean } from '../statistics/mean.ts'

export interface TwinData {
  readonly train: Split
  /** [K] what stands in the place of the training set's k-th example, for twin k. */
  readonly replacements: Split
  readonly fresh: Split
}

const loss = softmaxCrossEntropy
/** Looks at β, which are costly, from first to last weights. */
const CURVATURE_LOOKS = 5
/** Examples whose own Hessian is looked at, beside that of the mean loss. */
const ALONE = 3

/**
 * Trains the twins and tells what was measured along the way and at the end.
 *
 * Along the way, by step: `distance` of each twin; `α` (debiased) and `E‖g‖²` of the training set; `stability`, the mean over
 * twins of ℓ(w′, z) − ℓ(w, z), z the replaced example; `gap`, the loss on fresh examples less that on the training set. At
 * the end: `fresh change`, the mean over twins and fresh examples of |ℓ(w′, ·) − ℓ(w, ·)|; `L` and `β`, the largest that were
 * found; `steep`, losses of twins that change by more than that L times the distance of the weights; `violations`, steps of
 * twins that the one-step inequality doesn't hold for with that β; and the rungs of the proof, as natural logarithms of
 * bounds of the gap.
 */
export async function* measureTwins(spec: TwinsSpec, data: TwinData, key: Key): AsyncGenerator<QuantityRow> {
  const { steps, batchSize, learningRate } = spec.training
  const { train } = data
  const model = buildModel(
    { ...spec.model, inputs: train.inputShape.reduce((size, n) => size * n, 1), outputs: train.classes } as ModelSpec,
    derive(key, 'weights'),
  )
  const schedule = batchSchedule(train.ids, { key: derive(key, 'batches'), batchSize })
  const all = { train: await train.read(train.ids), fresh: await data.fresh.read(data.fresh.ids) }
  const replaced = await train.read(train.ids.subarray(0, spec.twins))
  const replacements: Replacement[] = []
  for (const [k, id] of data.replacements.ids.entries()) {
    replacements.push({ id: replaced.ids[k]!, by: await data.replacements.read([id]) })
  }
  const one = await Promise.all(Array.from(replaced.ids, (id) => train.read([id])))
  const row = (step: number, quantity: string, value: number, item = ''): QuantityRow => ({
    step,
    series: spec.arm,
    quantity,
    item,
    value,
  })

  const constants = { lipschitz: 0, smoothness: 0 }
  const known = { alpha: 0, meanSquaredNorm: 0 }
  const lookEvery = Math.max(spec.every, spec.every * Math.ceil(steps / spec.every / (CURVATURE_LOOKS - 1)))
  const look = async function* (step: number): AsyncGenerator<QuantityRow> {
    Object.assign(known, await coherenceOf(model, all.train))
    yield row(step, 'α', known.alpha)
    yield row(step, 'E‖g‖²', known.meanSquaredNorm)
    for (const batch of [all.train, all.fresh]) {
      for (const norm of await onTensors(batch, (tensors) => gradientNorms(model, loss, tensors))) {
        constants.lipschitz = Math.max(constants.lipschitz, norm)
      }
    }
    if (step % lookEvery === 0 || step === steps) {
      for (const batch of [all.train, ...one.slice(0, ALONE)]) {
        const norm = await onTensors(batch, (tensors) => curvatureOf(model, tensors, derive(key, 'curvature')))
        constants.smoothness = Math.max(constants.smoothness, norm)
      }
    }
    yield row(step, 'gap', mean(await lossesOf(model, all.fresh)) - mean(await lossesOf(model, all.train)))
  }

  try {
    yield* look(0)
    const seen: LadderStep[] = []
    const distances: Float64Array[] = [new Float64Array(spec.twins)]
    const batch = async (step: number): Promise<Batch> => train.read(schedule.batchIds(step))
    let changes: number[] = []
    let freshChanges: number[][] = []
    for await (const made of twins({ model, loss, batch, steps, learningRate, replacements })) {
      seen.push({ shares: made.shares, differences: made.differences, ...known })
      distances.push(made.distances)
      if (made.step % spec.every !== 0 && made.step !== steps) continue
      yield* look(made.step)
      const own = await lossesOf(model, replaced)
      const atEnd = made.step === steps
      const freshOwn = atEnd ? await lossesOf(model, all.fresh) : []
      changes = []
      freshChanges = []
      for (const [k, example] of one.entries()) {
        const [other] = await made.visit(k, () => lossesOf(model, example))
        changes.push(other! - own[k]!)
        yield row(made.step, 'distance', made.distances[k]!, `${k}`)
        if (!atEnd) continue
        const fresh = await made.visit(k, () => lossesOf(model, all.fresh))
        freshChanges.push(fresh.map((of, i) => Math.abs(of - freshOwn[i]!)))
      }
      yield row(made.step, 'stability', mean(changes))
    }
    yield row(steps, 'L', constants.lipschitz)
    yield row(steps, 'β', constants.smoothness)
    yield row(steps, 'fresh change', mean(freshChanges.flat()))
    const most = Float64Array.from(distances.at(-1)!, (distance) => constants.lipschitz * distance * (1 + ROUNDING))
    const steep = freshChanges.flatMap((of, k) => [...of, Math.abs(changes[k]!)].filter((change) => change > most[k]!))
    yield row(steps, 'steep', steep.length)
    yield row(steps, 'violations', violationsOf(seen, distances, learningRate, constants.smoothness))
    const { logGrowth, logLemma6, logTheorem } = ladder(seen, {
      learningRate,
      ...constants,
      examples: train.ids.length,
    })
    const logL = Math.log(constants.lipschitz)
    yield row(steps, 'ln bound', Math.log(mean(changes.map(Math.abs))), 'loss')
    yield row(steps, 'ln bound', logL + Math.log(mean([...distances.at(-1)!])), 'distance')
    yield row(steps, 'ln bound', logL + logGrowth, 'growth')
    yield row(steps, 'ln bound', logL + logLemma6, 'lemma 6')
    yield row(steps, 'ln bound', logL + logTheorem, 'theorem 1')
  } finally {
    model.dispose()
  }
}

/** Relative room for float32 in a step's own arithmetic. */
const ROUNDING = 1e-4

/** Steps of twins for which δ_t ≤ (1 + ηβ)δ_{t−1} + (ηξ/b)‖g − g′‖ fails: β was too small there. */
function violationsOf(
  seen: readonly LadderStep[],
  distances: readonly Float64Array[],
  learningRate: number,
  smoothness: number,
): number {
  let violations = 0
  for (const [i, { shares, differences }] of seen.entries()) {
    for (let k = 0; k < shares.length; k++) {
      const jump = shares[k]! > 0 ? learningRate * shares[k]! * differences[k]! : 0
      const most = (1 + learningRate * smoothness) * distances[i]![k]! + jump
      if (distances[i + 1]![k]! > most * (1 + ROUNDING) + ROUNDING * learningRate) violations++
    }
  }
  return violations
}

async function coherenceOf(model: LayersModel, batch: Batch): Promise<Pick<LadderStep, 'alpha' | 'meanSquaredNorm'>> {
  return onTensors(batch, async (tensors) => {
    const stack = perExampleGradients(model, loss, tensors)
    try {
      const norms = await normsOf(stack)
      return { alpha: alphaDebiased(norms)!, meanSquaredNorm: meanSquaredNorm(norms) }
    } finally {
      stack.dispose()
    }
  })
}

async function lossesOf(model: LayersModel, batch: Batch): Promise<readonly number[]> {
  return onTensors(batch, async ({ inputs, labels }) => {
    const losses = tf.tidy(() => loss.perExample(model.predict(inputs) as tf.Tensor, labels))
    const read = Array.from(await losses.data())
    losses.dispose()
    return read
  })
}

async function curvatureOf(model: LayersModel, batch: ReturnType<typeof tensorBatch>, key: Key): Promise<number> {
  const { weights, at } = await flatGradient(model, loss, batch)
  const product = finiteDifferenceProduct(at, weights, 1e-2)
  return (await extremeEigenvalues(product, weights.length, { key, iterations: 15, tolerance: 1e-2 })).spectralNorm
}

async function onTensors<Result>(
  batch: Batch,
  measure: (tensors: ReturnType<typeof tensorBatch>) => Promise<Result>,
): Promise<Result> {
  const tensors = tensorBatch(batch)
  try {
    return await measure(tensors)
  } finally {
    tf.dispose([tensors.inputs, tensors.labels])
  }
}
