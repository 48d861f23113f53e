import { batchMatMul } from './batch-mat-mul.ts'
import { bincount } from './bincount.ts'
import { cast } from './cast.ts'
import { clipByValue } from './clip-by-value.ts'
import { concat } from './concat.ts'
import { conv2dBackpropFilter } from './conv-2d-backprop-filter.ts'
import { conv2dBackpropInput } from './conv-2d-backprop-input.ts'
import { conv2d, depthwiseConv2d } from './conv-2d.ts'
import { convolutionKernelGradients } from './convolution-kernel-gradients.ts'
import { denseInputGradient, denseOutput } from './dense.ts'
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-backprop.ts'
import { einsum } from './einsum.ts'
import { reluGradient, scaledDifference, scaledDifferences } from './elementwise.ts'
import { fusedConv2d, fusedDepthwiseConv2d } from './fused-conv-2d.ts'
import { fusedMatMul } from './fused-mat-mul.ts'
import { gather } from './gather.ts'
import { identity } from './identity.ts'
import { maxPoolGrad } from './max-pool-grad.ts'
import { oneHot } from './one-hot.ts'
import { outerProductMean, outerProductNorms } from './outer-product.ts'
import { avgPool, avgPoolGrad, maxPool } from './pool.ts'
import { prelu } from './prelu.ts'
import { raggedGather } from './ragged-gather.ts'
import { slice } from './slice.ts'
import {
  countCorrect,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
} from './softmax-cross-entropy.ts'
import { squaredNorms } from './squared-norms.ts'
import { stridedSlice } from './strided-slice.ts'
import { mean, sum } from './sum-and-mean.ts'
import { tile } from './tile.ts'
import { transpose } from './transpose.ts'
import { unsortedSegmentSum } from './unsorted-segment-sum.ts'
import type { WasmKernel } from './wasm-kernel.ts'

/** The kernels of tfjs's wasm backend that it lacks, does slowly or gets wrong. Adding one is a file and a line here. */
export const wasmKernels: readonly WasmKernel[] = [
  avgPool,
  avgPoolGrad,
  batchMatMul,
  bincount,
  cast,
  clipByValue,
  concat,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  convolutionKernelGradients,
  countCorrect,
  denseInputGradient,
  denseOutput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  einsum,
  fusedConv2d,
  fusedDepthwiseConv2d,
  fusedMatMul,
  gather,
  identity,
  maxPool,
  maxPoolGrad,
  mean,
  oneHot,
  outerProductMean,
  outerProductNorms,
  prelu,
  raggedGather,
  reluGradient,
  scaledDifference,
  scaledDifferences,
  slice,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
  squaredNorms,
  stridedSlice,
  sum,
  tile,
  transpose,
  unsortedSegmentSum,
]
