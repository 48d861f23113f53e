import type { Measurable } from '@coherent-gradients/coherence'
import {
  perExampleGradients,
  type GradientStack,
  type Loss,
  type PerExampleOptions,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { CustomCallbackArgs, LayersModel } from '@tensorflow/tfjs-layers'
import { intoTable, type CoherenceTable } from './into-table.ts'

/** What was measured between two batches of `model.fit`. */
export interface FitMeasurement<Value> {
  /** Batches that were trained on before. */
  readonly step: number
  /** Epochs that were finished before; the one that just ended is counted. */
  readonly epoch: number
  /** Examples that were measured. */
  readonly m: number
  /** Their mean loss, without regularisers. */
  readonly loss: number
  readonly value: Value
}

/** What is measured, and when. */
interface MeasurementOptions extends PerExampleOptions {
  /** The model that is fitted: tfjs doesn't tell a callback. */
  readonly model: LayersModel
  readonly loss: Loss
  /** The examples to measure: tensors that stay yours, or a function whose tensors are disposed of after each measurement. */
  readonly batch: TensorBatch | (() => TensorBatch | Promise<TensorBatch>)
  /** When: after every nth epoch or every nth batch. Default: every epoch. */
  readonly every?: { readonly epochs: number } | { readonly batches: number }
}

/** Each measurement is handed to you. */
export interface CoherenceCallbackOptions<Value> extends MeasurementOptions {
  /** Coherence of a stack: `normsOf` or `statisticOf` of `@coherent-gradients/coherence/tfjs`, or what else you want of it. */
  readonly measure: (stack: GradientStack) => Promise<Value>
  /** Measure so many examples at a time, and merge: for more of them than memory takes at once. */
  readonly parts?: { readonly of: number; readonly merge: (a: Value, b: Value) => Value }
  /** Handed each measurement; training waits for it. */
  readonly onMeasured: (measurement: FitMeasurement<Value>) => void | Promise<void>
}

/** Each measurement becomes rows of a table: the whole network's, and one for each layer. */
export interface CoherenceTableOptions extends MeasurementOptions {
  /** Where the rows go, flushed after each measurement: a `RunLog` of `@coherent-gradients/runlog` is such a table. */
  readonly log: CoherenceTable
  /** What the table calls the examples. Default `train`. */
  readonly split?: string
  /** Measure so many examples at a time: for more of them than memory takes at once. */
  readonly parts?: { readonly of: number }
}

/**
 * A callback for `model.fit` and `model.fitDataset` that measures per-example gradients of one batch on a schedule.
 *
 * Training waits meanwhile. Gradients are of `loss` alone, in inference mode, each example's own, never divided by m.
 * Weights, moving statistics and the optimizer are left as they were, and every tensor made is disposed of: a fit with
 * the callback ends with the same weights as one without. One callback serves one fit: its steps count on.
 *
 * Given a `log`, it writes α, m·α and their like into the table `coherence`, row by row as `coherenceRows` of
 * `@coherent-gradients/coherence` makes them; otherwise `measure` says what is measured and `onMeasured` gets it.
 *
 * A failure, such as a layer without a rule or a gradient that isn't finite, ends the fit as its rejection.
 *
 * @throws RangeError when `every` or `parts.of` isn't a whole number ≥ 1.
 *
 * @example
 * await model.fit(xs, ys, { callbacks: coherenceCallback({ model, loss: softmaxCrossEntropy, batch, log }) })
 *
 * @example
 * const coherence = coherenceCallback({
 *   model,
 *   loss: softmaxCrossEntropy,
 *   batch: { inputs, labels },
 *   measure: normsOf,
 *   onMeasured: ({ epoch, value }) => console.log(epoch, mCoherence(value)),
 * })
 * await model.fit(xs, ys, { epochs: 10, callbacks: coherence })
 */
export function coherenceCallback(options: CoherenceTableOptions): CustomCallbackArgs
export function coherenceCallback<Value>(options: CoherenceCallbackOptions<Value>): CustomCallbackArgs
export function coherenceCallback<Value>(
  options: CoherenceTableOptions | CoherenceCallbackOptions<Value>,
): CustomCallbackArgs {
  return 'log' in options ? callback<Measurable>(intoTable(options)) : callback(options)
}

function callback<Value>(options: CoherenceCallbackOptions<Value>): CustomCallbackArgs {
  const { every = { epochs: 1 }, parts, onMeasured } = options
  const n = 'epochs' in every ? every.epochs : every.batches
  requireCount('epochs' in every ? 'every.epochs' : 'every.batches', n)
  if (parts !== undefined) requireCount('parts.of', parts.of)
  let [step, epoch] = [0, 0]
  const measure = async (): Promise<void> => onMeasured({ step, epoch, ...(await measureBatch(options)) })
  return {
    onEpochBegin: (index) => {
      epoch = index
    },
    // Counted at its beginning, where tfjs doesn't read the loss back for it.
    onBatchBegin: () => {
      step += 1
    },
    ...('batches' in every
      ? { onBatchEnd: async () => (step % n === 0 ? measure() : undefined) }
      : {
          onEpochEnd: async (index) => {
            epoch = index + 1
            if (epoch % n === 0) await measure()
          },
        }),
  }
}

async function measureBatch<Value>(
  options: CoherenceCallbackOptions<Value>,
): Promise<{ readonly m: number; readonly loss: number; readonly value: Value }> {
  const { batch, parts } = options
  const { inputs, labels } = typeof batch === 'function' ? await batch() : batch
  try {
    const m = inputs.shape[0]!
    if (m < 1) throw new RangeError('coherenceCallback: required a batch of one example or more, found none')
    let losses = 0
    let value: Value | undefined
    for (let from = 0; from < m; from += parts?.of ?? m) {
      const size = Math.min(parts?.of ?? m, m - from)
      const part =
        size === m ? { inputs, labels } : { inputs: slice(inputs, from, size), labels: slice(labels, from, size) }
      try {
        const found = await measurePart(options, part)
        losses += found.losses
        value = value === undefined ? found.value : parts!.merge(value, found.value)
      } finally {
        if (size !== m) tf.dispose([part.inputs, part.labels])
      }
    }
    return { m, loss: losses / m, value: value! }
  } finally {
    if (typeof batch === 'function') tf.dispose([inputs, labels])
  }
}

async function measurePart<Value>(
  {
    model,
    loss,
    measure,
    batch: _batch,
    every: _every,
    parts: _parts,
    onMeasured: _told,
    ...options
  }: CoherenceCallbackOptions<Value>,
  part: TensorBatch,
): Promise<{ readonly losses: number; readonly value: Value }> {
  const stack = perExampleGradients(model, loss, part, options)
  try {
    const value = await measure(stack)
    const losses = await stack.losses.data()
    return { losses: Array.from(losses).reduce((sum, each) => sum + each, 0), value }
  } finally {
    stack.dispose()
  }
}

function slice(tensor: tf.Tensor, from: number, size: number): tf.Tensor {
  return tf.slice(tensor, [from], [size])
}

function requireCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return
  throw new RangeError(`coherenceCallback: required ${name} to be a whole number ≥ 1, found ${value}`)
}
