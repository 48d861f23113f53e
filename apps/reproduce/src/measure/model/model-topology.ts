import { either as E } from 'fp-ts'
import { modelFailure, type ModelFailure } from './model-failure.ts'
import { isObject } from './weights-manifest.ts'

/**
 * The topology of a parsed model.json, where it is that of a layers model in the format that tfjs reads (Keras 2's).
 *
 * @returns left, naming what was found instead, for a graph model, a Keras 3 export and for anything else.
 */
export function modelTopology(file: string, json: unknown): E.Either<ModelFailure, Record<string, unknown>> {
  const fail = (what: string): E.Either<ModelFailure, never> => E.left(modelFailure(file, what))
  if (!isObject(json)) return fail('required a JSON object as model.save writes it, found something else')
  const { format, modelTopology: topology } = json
  if (format === 'graph-model' || (isObject(topology) && ('node' in topology || 'library' in topology))) {
    return fail(
      'is a graph model, which has no layers to differentiate: convert it anew with --output_format tfjs_layers_model',
    )
  }
  if (isKeras3(json) || isKeras3(topology)) {
    return fail(
      'is a Keras 3 export, which tfjs 4 does not read: save it from tf.keras of TensorFlow ≤ 2.15 or tf_keras (TF_USE_LEGACY_KERAS=1), then convert',
    )
  }
  if (!isObject(topology)) return fail('required a modelTopology, as model.save of a tfjs layers model writes it')
  const config = isObject(topology['model_config']) ? topology['model_config'] : topology
  if (typeof config['class_name'] !== 'string' || config['config'] === undefined) {
    return fail('modelTopology: required a class_name and a config, as Keras and tfjs write them')
  }
  return E.right(topology)
}

/** Keras 3 says so by its version, by `registered_name`, and by dtypes that are policies. */
function isKeras3(value: unknown): boolean {
  if (!isObject(value)) return false
  const version = value['keras_version'] ?? (isObject(value['model_config']) && value['model_config']['keras_version'])
  if (typeof version === 'string' && /^[3-9]\./.test(version)) return true
  const config = isObject(value['model_config']) ? value['model_config'] : value
  if ('registered_name' in config && 'module' in config) return true
  const inner = isObject(config['config']) ? config['config']['layers'] : undefined
  return (
    Array.isArray(inner) &&
    inner.some(
      (layer) =>
        isObject(layer) &&
        isObject(layer['config']) &&
        ('batch_shape' in layer['config'] || isObject(layer['config']['dtype'])),
    )
  )
}
