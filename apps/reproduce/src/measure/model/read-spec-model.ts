import { keyOf, type Failure } from '@coherent-gradients/core'
import { trainableWeights } from '@coherent-gradients/gradients'
import { buildModel, type DeepLinearSpec, type LinearSpec, type MlpSpec } from '@coherent-gradients/models'
import { readCheckpoint, readSafetensors, type StoredTensors } from '@coherent-gradients/runlog'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E, type taskEither as TE } from 'fp-ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modelFailure } from './model-failure.ts'
import { isObject } from './weights-manifest.ts'

/** A network of the paper by its spec has no layer of more numbers than this. */
const MOST_WIDTH = 2 ** 16

/** The networks that are read by their spec: of images, whose shape no weight tells, a layers model is. */
export type DenseSpec = MlpSpec | LinearSpec | DeepLinearSpec

/** What a spec's `kind` may be. */
export const specKinds: readonly DenseSpec['kind'][] = ['mlp', 'linear', 'deep-linear']

/**
 * The spec in a parsed JSON file: a {@link DenseSpec} itself, or the `model` of a run's spec.json. Undefined where it is
 * neither.
 */
export function specOf(json: unknown): DenseSpec | undefined {
  const spec = innerOf(json)
  return specKinds.includes(spec['kind'] as DenseSpec['kind']) ? (spec as unknown as DenseSpec) : undefined
}

/** The kind of what would be a spec if its kind were known; undefined where it is none, or one that is known. */
export function unknownKindOf(json: unknown): unknown {
  const spec = innerOf(json)
  const { kind } = spec
  return 'modelTopology' in spec || specKinds.includes(kind as DenseSpec['kind']) ? undefined : kind
}

/** Whether it is a run's spec, of which the network is a part. */
export function isRunSpec(json: unknown): boolean {
  return isObject(json) && isObject(json['model'])
}

function innerOf(json: unknown): Record<string, unknown> {
  const spec = isObject(json) && isObject(json['model']) ? json['model'] : json
  return isObject(spec) ? spec : {}
}

/**
 * A network of the `models` package with the weights of a safetensors file: tensors named as the gradients' blocks are,
 * `dense_1/kernel`, or `weight:dense_1/kernel` as a run's checkpoint has them.
 */
export function readSpecModel(
  file: string,
  partial: DenseSpec,
  weightsFile: string,
): TE.TaskEither<Failure, LayersModel> {
  return async () => {
    let bytes: Uint8Array
    try {
      bytes = await readFile(weightsFile)
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
      return E.left(modelFailure(weightsFile, `the weights of ${file} can't be read (${code}): name them by --weights`))
    }
    const tensors = readSafetensors(bytes)
    if (E.isLeft(tensors)) return E.left(modelFailure(weightsFile, tensors.left.message))
    return specModel(file, partial, tensors.right, weightsFile)
  }
}

/** The same of a run's folder: the network of its spec.json with the weights of its last checkpoint. */
export function readRunModel(folder: string, spec: DenseSpec): TE.TaskEither<Failure, LayersModel> {
  return async () => {
    const checkpoint = await readCheckpoint(join(folder, 'checkpoint'))()
    if (E.isLeft(checkpoint)) return checkpoint
    if (checkpoint.right === null) {
      const what =
        'is a run without weights (prune removes them): name others by --weights, or make it again with another --runs folder'
      return E.left(modelFailure(folder, what))
    }
    return specModel(join(folder, 'spec.json'), spec, checkpoint.right.tensors, join(folder, 'checkpoint'))
  }
}

function specModel(
  file: string,
  partial: DenseSpec,
  tensors: StoredTensors,
  weightsFile: string,
): E.Either<Failure, LayersModel> {
  const spec = withEnds(partial, tensors)
  const widths = [spec.inputs, ...('hidden' in spec ? [spec.hidden].flat() : []), 'outputs' in spec ? spec.outputs : 1]
  if (!widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MOST_WIDTH)) {
    return E.left(modelFailure(file, `required widths from 1 to ${MOST_WIDTH}, found ${JSON.stringify(widths)}`))
  }
  let model: LayersModel
  try {
    model = buildModel(spec, keyOf(0))
  } catch (cause) {
    return E.left(modelFailure(file, cause instanceof Error ? cause.message : String(cause)))
  }
  return withWeights(model, tensors, weightsFile)
}

/** A run's spec leaves the numbers of inputs and outputs to its data: the first and the last kernel tell them. */
function withEnds(spec: DenseSpec, tensors: StoredTensors): DenseSpec {
  if (spec.kind !== 'mlp' || spec.inputs !== undefined || !Array.isArray(spec.hidden)) return spec
  const kernel = (layer: number): readonly number[] | undefined =>
    (tensors[`dense_${layer}/kernel`] ?? tensors[`weight:dense_${layer}/kernel`])?.shape
  const [inputs, outputs] = [kernel(1)?.[0], kernel(spec.hidden.length + 1)?.[1]]
  return inputs === undefined || outputs === undefined
    ? spec
    : { ...(spec as object), kind: 'mlp', hidden: spec.hidden, inputs, outputs }
}

function withWeights(model: LayersModel, tensors: StoredTensors, file: string): E.Either<Failure, LayersModel> {
  for (const { name, shape, variable } of trainableWeights(model)) {
    const stored = tensors[name] ?? tensors[`weight:${name}`]
    if (stored?.dtype !== 'float32' || stored.shape.join() !== shape.join()) {
      const found = stored === undefined ? 'none' : `${stored.dtype} [${stored.shape.join(', ')}]`
      model.dispose()
      return E.left(modelFailure(file, `required ${name} as float32 [${shape.join(', ')}], found ${found}`))
    }
    tf.tidy(() => variable.assign(tf.tensor(stored.data, [...shape], 'float32')))
  }
  return E.right(model)
}
