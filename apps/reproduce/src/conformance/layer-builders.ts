import * as tfl from '@tensorflow/tfjs-layers'
import type { ReferenceLayer } from './reference-file.ts'

type Build = (args: never) => tfl.layers.Layer

/**
 * How each layer type of the reference vectors is built in tfjs. A layer's fields but `type` and `from` go to tfjs as
 * they are: the vectors speak Keras's own names.
 */
const builders: Readonly<Record<string, Build>> = {
  dense: tfl.layers.dense,
  conv1d: tfl.layers.conv1d,
  conv2d: tfl.layers.conv2d,
  depthwiseConv2d: tfl.layers.depthwiseConv2d,
  separableConv2d: tfl.layers.separableConv2d,
  conv2dTranspose: tfl.layers.conv2dTranspose,
  batchNormalization: tfl.layers.batchNormalization,
  layerNormalization: tfl.layers.layerNormalization,
  embedding: tfl.layers.embedding,
  prelu: tfl.layers.prelu,
  activation: tfl.layers.activation,
  add: tfl.layers.add,
  multiply: tfl.layers.multiply,
  concatenate: tfl.layers.concatenate,
  flatten: tfl.layers.flatten,
  reshape: tfl.layers.reshape,
  dropout: tfl.layers.dropout,
  zeroPadding2d: tfl.layers.zeroPadding2d,
  upSampling2d: tfl.layers.upSampling2d,
  maxPooling1d: tfl.layers.maxPooling1d,
  maxPooling2d: tfl.layers.maxPooling2d,
  averagePooling1d: tfl.layers.averagePooling1d,
  averagePooling2d: tfl.layers.averagePooling2d,
  globalMaxPooling1d: tfl.layers.globalMaxPooling1d,
  globalMaxPooling2d: tfl.layers.globalMaxPooling2d,
  globalAveragePooling1d: tfl.layers.globalAveragePooling1d,
  globalAveragePooling2d: tfl.layers.globalAveragePooling2d,
}

/** What the vectors leave unsaid: both normalisations have ε = 1e-3. */
const unsaid: Readonly<Record<string, object>> = {
  batchNormalization: { epsilon: 1e-3 },
  layerNormalization: { epsilon: 1e-3 },
}

/**
 * Builds one layer.
 *
 * @throws RangeError that names the type and the known ones.
 */
export function buildLayer({ type, from: _from, ...options }: ReferenceLayer): tfl.layers.Layer {
  const build = Object.hasOwn(builders, type) ? builders[type] : undefined
  if (build === undefined) {
    throw new RangeError(
      `layer ${options.name} is of the type '${type}', known are ${Object.keys(builders).join(', ')}`,
    )
  }
  return build({ ...unsaid[type], ...options } as never)
}
