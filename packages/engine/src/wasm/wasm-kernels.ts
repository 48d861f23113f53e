import { batchMatMul } from './batch-mat-mul.ts'
import { conv2dBackpropFilter } from './conv-2d-backprop-filter.ts'
import { conv2dBackpropInput } from './conv-2d-backprop-input.ts'
import { conv2d, depthwiseConv2d } from './conv-2d.ts'
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-backprop.ts'
import { fusedMatMul } from './fused-mat-mul.ts'
import { identity } from './identity.ts'
import { maxPoolGrad } from './max-pool-grad.ts'
import { slice } from './slice.ts'
import { transpose } from './transpose.ts'
import { unsortedSegmentSum } from './unsorted-segment-sum.ts'
import type { WasmKernel } from './wasm-kernel.ts'

/** The kernels of tfjs's wasm backend that it lacks, does slowly or gets wrong. Adding one is a file and a line here. */
export const wasmKernels: readonly WasmKernel[] = [
  batchMatMul,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  fusedMatMul,
  identity,
  maxPoolGrad,
  slice,
  transpose,
  unsortedSegmentSum,
]
