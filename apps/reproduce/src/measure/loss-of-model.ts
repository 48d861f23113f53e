import type { Failure } from '@coherent-gradients/core'
import type { Targets } from '@coherent-gradients/datasets'
import { halfSquaredError, sigmoidCrossEntropy, softmaxCrossEntropy, type Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { callsOf } from './calls-of.ts'
import type { MeasuredData } from './measured-data.ts'
import { modelFailure } from './model/model-failure.ts'
import { unfitTargets } from './unfit-targets.ts'

/** The losses that a model can be measured in, by the name that --loss takes. */
export type LossName = 'softmax-cross-entropy' | 'sigmoid-cross-entropy' | 'half-squared-error'

export const lossNames: readonly LossName[] = ['softmax-cross-entropy', 'sigmoid-cross-entropy', 'half-squared-error']

/** A model's loss, and why it is this one. */
export interface ModelLoss {
  readonly name: LossName
  /** In words, for the table: `the last layer, probs, ends in softmax`. */
  readonly because: string
  readonly loss: Loss
  /** The number of outputs. */
  readonly outputs: number
  /** Labels go from 0 to one less than this; unbounded for one output under the squared error, and for targets. */
  readonly classes: number
}

/**
 * The loss of a model: as asked for, or by its last layer. A linear one gives logits of a softmax; after a softmax or a
 * sigmoid it is the cross-entropy of those probabilities.
 *
 * A last softmax or sigmoid is taken off `model` where the loss is a cross-entropy, and the loss takes it in: the same
 * function, exact also where a probability rounds to 0 or 1. The model is changed by that.
 *
 * With targets in place of classes, a linear last layer doesn't tell its loss.
 *
 * @returns left where nobody can tell without --loss, or where the model's output fits neither the loss nor the targets.
 */
export function lossOfModel(
  file: string,
  model: tfl.LayersModel,
  asked?: LossName,
  { targets, columns }: Pick<MeasuredData, 'targets' | 'columns'> = {},
): E.Either<Failure, ModelLoss> {
  const fail = (what: string): E.Either<Failure, never> => E.left(modelFailure(file, what))
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    return fail(`required one input and one output, found ${model.inputs.length} and ${model.outputs.length}`)
  }
  const shape = model.outputs[0]!.shape
  const [, outputs] = shape
  if (shape.length !== 2 || typeof outputs !== 'number') {
    return fail(`required an output [examples, classes], found [${shape.map((n) => n ?? '…').join(', ')}]`)
  }
  if (columns !== undefined && columns !== outputs) {
    return fail(`has ${outputs} output${outputs === 1 ? '' : 's'}, and y holds one-hot rows of ${columns}`)
  }
  const { layer: last, reused } = lastLayer(model)
  const end = endOf(last)
  const name = asked ?? usual(end, outputs, targets)
  const unfit = targets === undefined ? undefined : unfitTargets(file, name, outputs, targets)
  if (unfit !== undefined) return E.left(unfit)
  if (name === undefined) {
    return fail(`the last layer, ${last.name}, ${undecided(end, targets)}: say --loss ${lossNames.join(' or ')}`)
  }
  const wrong =
    (name === 'softmax-cross-entropy' && (outputs < 2 || end === 'sigmoid')) ||
    (name === 'sigmoid-cross-entropy' && end === 'softmax')
  if (wrong) {
    return fail(`--loss ${name} does not fit ${outputs} output${outputs === 1 ? '' : 's'} after ${endings[end]}`)
  }
  if (name !== 'half-squared-error' && (end === 'softmax' || end === 'sigmoid')) {
    if (reused) return fail(`the last layer, ${last.name}, is used more than once: end in logits`)
    takeOff(last)
  }
  return E.right({
    name,
    because:
      asked === undefined
        ? `the last layer, ${last.name}, ${end === 'linear' ? 'is linear' : `ends in ${endings[end]}`}`
        : 'as asked for',
    loss:
      name !== 'half-squared-error' ? crossEntropies[name] : targets ? halfSquaredError : squaredErrorOfLabels(outputs),
    outputs,
    classes: targets ? Infinity : outputs > 1 ? outputs : name === 'half-squared-error' ? Infinity : 2,
  })
}

type End = 'linear' | 'softmax' | 'sigmoid' | 'other'

const endings: Record<End, string> = {
  linear: 'a linear layer',
  softmax: 'softmax',
  sigmoid: 'a sigmoid',
  other: 'its last layer',
}

const crossEntropies = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'sigmoid-cross-entropy': sigmoidCrossEntropy,
}

function usual(end: End, outputs: number, targets: Targets | undefined): LossName | undefined {
  if (end === 'sigmoid') return 'sigmoid-cross-entropy'
  if (end === 'softmax' || (end === 'linear' && outputs > 1 && targets === undefined)) return 'softmax-cross-entropy'
  return undefined
}

/** Why a last layer doesn't tell its loss. */
function undecided(end: End, targets: Targets | undefined): string {
  if (end === 'other') return 'ends in neither a linear layer nor softmax nor sigmoid'
  return targets === undefined ? 'has one linear output' : 'is linear, and y holds numbers that are no classes'
}

/** The layer that makes the output, inside nested models too, and whether it, or a model around it, is called again. */
function lastLayer(model: tfl.LayersModel, around = false): { layer: tfl.layers.Layer; reused: boolean } {
  const layer = model.outputs[0]!.sourceLayer
  const reused = around || callsOf(layer) > 1
  const inner = (layer as Partial<tfl.LayersModel>).layers !== undefined
  return inner ? lastLayer(layer as tfl.LayersModel, reused) : { layer, reused }
}

function endOf(layer: tfl.layers.Layer): End {
  if (layer.getClassName() === 'Softmax') return 'softmax'
  const activation = layer.getConfig()['activation']
  return activation === 'linear' || activation === 'softmax' || activation === 'sigmoid' ? activation : 'other'
}

function takeOff(layer: tfl.layers.Layer): void {
  if (layer.getClassName() === 'Softmax') {
    layer.call = (inputs) => tf.clone(Array.isArray(inputs) ? inputs[0]! : inputs)
    return
  }
  const { activation } = tfl.layers.activation({ activation: 'linear' }) as unknown as { activation: unknown }
  ;(layer as unknown as { activation: unknown }).activation = activation
}

/** ½‖y − f(x)‖² for labels that are classes: y is one-hot, or the label itself where there is one output. */
function squaredErrorOfLabels(outputs: number): Loss {
  return {
    name: halfSquaredError.name,
    perExample: (output, labels) => {
      const targets = outputs === 1 ? tf.reshape(labels, [-1, 1]) : tf.oneHot(labels, outputs)
      return halfSquaredError.perExample(output, targets)
    },
  }
}
