import { batchNormalization } from './batch-normalization.ts'
import { conv1d } from './conv-1d.ts'
import { conv2dTranspose } from './conv-2d-transpose.ts'
import { conv2d } from './conv-2d.ts'
import { dense } from './dense.ts'
import { depthwiseConv2d } from './depthwise-conv-2d.ts'
import { diagonal } from './diagonal.ts'
import { embedding } from './embedding.ts'
import { layerNormalization } from './layer-normalization.ts'
import type { LayerRule } from './layer-rule.ts'
import { lstm } from './lstm.ts'
import { masking } from './masking.ts'
import { maxPooling1d, maxPooling2d } from './max-pooling.ts'
import { prelu } from './prelu.ts'
import { separableConv2d } from './separable-conv-2d.ts'
import { thresholdedReLU } from './thresholded-relu.ts'
import { upSampling2d } from './up-sampling-2d.ts'

/** Every layer type whose per-example gradients are known, then those without weights that tfjs has no right gradient of. */
export const layerRules: readonly LayerRule[] = [
  dense,
  conv1d,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  batchNormalization,
  layerNormalization,
  embedding,
  prelu,
  lstm,
  diagonal,
  maxPooling1d,
  maxPooling2d,
  masking,
  thresholdedReLU,
  upSampling2d,
]
