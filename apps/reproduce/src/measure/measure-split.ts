import {
  alphaStandardError,
  layers,
  monoid,
  summarize,
  type CoherenceSummary,
  type GradientStatistic,
} from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { Batch, Failure, Split } from '@coherent-gradients/core'
import {
  perExampleGradients,
  type GradientStack,
  type Loss,
  type PerExampleOptions,
} from '@coherent-gradients/gradients'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { chunkFor } from './chunk-for.ts'

/** Coherence of the whole network or of one layer. */
export interface MeasuredScope extends CoherenceSummary {
  /** `all`, or the layer's name. */
  readonly name: string
  /** The layer's part in Σ‖g‖²; 1 for the whole. */
  readonly share: number
  /** The jackknife's, of α; null at m = 1 and where it wasn't asked for. */
  readonly standardError: number | null
}

export interface MeasuredScopes {
  readonly whole: MeasuredScope
  /** Those with trainable weights, in the model's order. */
  readonly layers: readonly MeasuredScope[]
}

export interface MeasuredSplit extends MeasuredScopes {
  /** Mean loss. */
  readonly loss: number
}

export interface MeasureOptions {
  readonly model: LayersModel
  readonly loss: Loss
  /** Labels go from 0 to one less than this. */
  readonly classes: number
  /** As the model takes one example. */
  readonly inputShape: readonly number[]
  /** Measure in a second pass what each example has to do with the sum of all: the standard errors need it. */
  readonly standardErrors: boolean
  /** What to do with a layer that has no rule. */
  readonly fallback?: NonNullable<PerExampleOptions['fallback']>
  /** Told after each chunk how many examples were gone through; each counts twice with standard errors. */
  readonly tell?: (examples: number) => void
}

/**
 * Coherence of all examples of a split, whole and layer by layer, chunk after chunk: in the memory of one chunk's
 * gradients and a mean gradient, whatever m is. The model stays as it is.
 *
 * @returns left where a label is out of the model's range or a gradient isn't finite (both name the example's id), or
 *   where a layer has no rule (it is named).
 */
export async function measureSplit(split: Split, options: MeasureOptions): Promise<E.Either<Failure, MeasuredSplit>> {
  const m = split.ids.length
  const chunk = chunkFor(options.model)
  let statistic: GradientStatistic = monoid.empty
  let losses = 0
  for (let from = 0; from < m; from += chunk) {
    const step = await withStack(split, from, chunk, options, async (stack, batch) => {
      const values = await stack.losses.data()
      const odd = values.findIndex((value) => !Number.isFinite(value))
      if (odd >= 0) return notFinite(batch, odd, `a loss of ${values[odd]}`)
      for (const value of values) losses += value
      try {
        statistic = monoid.concat(statistic, await statisticOf(stack))
      } catch (error) {
        return (await firstOddGradient(stack, batch)) ?? rethrow(error)
      }
      return undefined
    })
    if (E.isLeft(step)) return step
  }
  const errors =
    options.standardErrors && m > 1 ? await standardErrors(split, statistic, chunk, options) : E.right(null)
  if (E.isLeft(errors)) return errors
  const errorOf = (name: string): number | null => errors.right?.get(name) ?? null
  return E.right({
    loss: losses / m,
    whole: { name: WHOLE, ...summarize(statistic), share: 1, standardError: errorOf(WHOLE) },
    layers: layers(statistic).map(({ layer, ...rest }) => ({
      ...rest,
      name: layer,
      standardError: errorOf(`layer:${layer}`),
    })),
  })
}

const WHOLE = 'all'

/** Second pass: ‖gᵢ‖² and gᵢ·Σg for each example and scope. The mean gradient goes to the backend once. */
async function standardErrors(
  split: Split,
  statistic: GradientStatistic,
  chunk: number,
  options: MeasureOptions,
): Promise<E.Either<Failure, ReadonlyMap<string, number | null>>> {
  const m = statistic.count
  const scopes = new Map<string, { squaredNorms: Float64Array; dots: Float64Array }>()
  const scope = (name: string): { squaredNorms: Float64Array; dots: Float64Array } => {
    const known = scopes.get(name) ?? { squaredNorms: new Float64Array(m), dots: new Float64Array(m) }
    scopes.set(name, known)
    return known
  }
  const means = statistic.blocks.map(({ sum }) => tf.tensor1d(Float32Array.from(sum, (x) => x / m)))
  try {
    for (let from = 0; from < m; from += chunk) {
      const step = await withStack(split, from, chunk, options, async (stack) => {
        const made: Tensor[] = []
        try {
          stack.blocks.forEach((block, b) => {
            const dot = tf.tidy(() => block.dot(tf.reshape(means[b]!, [...block.shape])))
            made.push(block.squaredNorms(), dot)
          })
          const read = await Promise.all(made.map((tensor) => tensor.data()))
          stack.blocks.forEach(({ layer }, b) => {
            for (const { squaredNorms, dots } of [scope(WHOLE), scope(`layer:${layer}`)]) {
              for (let i = 0; i < stack.rows; i++) {
                squaredNorms[from + i]! += read[2 * b]![i]!
                dots[from + i]! += m * read[2 * b + 1]![i]!
              }
            }
          })
        } finally {
          tf.dispose(made)
        }
        return undefined
      })
      if (E.isLeft(step)) return step
    }
  } finally {
    tf.dispose(means)
  }
  return E.right(new Map([...scopes].map(([name, projections]) => [name, alphaStandardError(projections)])))
}

async function withStack(
  split: Split,
  from: number,
  chunk: number,
  { model, loss, classes, inputShape, fallback, tell }: MeasureOptions,
  use: (stack: GradientStack, batch: Batch) => Promise<Failure | undefined>,
): Promise<E.Either<Failure, void>> {
  const batch = await split.read(split.ids.subarray(from, from + chunk))
  const wrong = batch.labels.findIndex((label) => label < 0 || label >= classes)
  if (wrong >= 0) {
    const message = `${split.name}: example ${batch.ids[wrong]} has the label ${batch.labels[wrong]}, and the model's outputs stand for 0 to ${classes - 1}`
    return E.left({ _tag: 'LabelOutOfRange', message, id: batch.ids[wrong]! })
  }
  const tensors = tensorBatch({ ...batch, inputShape })
  try {
    const stack = stackOf(model, loss, tensors, fallback === undefined ? {} : { fallback })
    if (E.isLeft(stack)) return stack
    try {
      const failure = await use(stack.right, batch)
      tell?.(batch.ids.length)
      return failure === undefined ? E.right(undefined) : E.left(failure)
    } finally {
      stack.right.dispose()
    }
  } finally {
    tf.dispose([tensors.inputs, tensors.labels])
  }
}

/** A model that somebody brings may have layers without a rule, or fail in tfjs itself: both are said in one line. */
function stackOf(
  model: LayersModel,
  loss: Loss,
  batch: { inputs: Tensor; labels: Tensor },
  options: PerExampleOptions,
): E.Either<Failure, GradientStack> {
  try {
    return E.right(perExampleGradients(model, loss, batch, options))
  } catch (error) {
    const message = `this model can't be measured: ${error instanceof Error ? error.message : String(error)}`
    return E.left({ _tag: 'NotMeasurable', message })
  }
}

async function firstOddGradient(stack: GradientStack, batch: Batch): Promise<Failure | undefined> {
  for (const block of stack.blocks) {
    const norms = tf.tidy(() => block.squaredNorms())
    const values = await norms.data()
    norms.dispose()
    const odd = values.findIndex((value) => !Number.isFinite(value))
    if (odd >= 0) return notFinite(batch, odd, `a squared gradient norm of ${values[odd]} in ${block.name}`)
  }
  return undefined
}

function notFinite(batch: Batch, row: number, what: string): Failure {
  const id = batch.ids[row]!
  return {
    _tag: 'NotFinite',
    message: `example ${id} has ${what}: a network that has diverged, or inputs that are not numbers, have no coherence`,
    id,
  } as Failure
}

function rethrow(error: unknown): never {
  throw error
}
