import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { availableParallelism } from 'node:os'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { loadBackend } from '../tensorflow/load-backend.ts'
import { mendTensorflowKernels } from '../tensorflow/mend-tensorflow-kernels.ts'
import { mendReluGradient } from '../wasm/mend-relu-gradient.ts'

/**
 * TensorFlow itself, through tfjs-node-gpu: on all cores, or on an NVIDIA GPU where it was installed with CUDA and there
 * is one. Its results differ in their last bits from machine to machine.
 */
export const tensorflow: EngineDefinition = {
  name: 'tensorflow',
  automatic: true,
  async open() {
    const { tensorflow: version, gpu } = loadBackend()
    await makeCurrent('tensorflow')
    mendTensorflowKernels()
    mendReluGradient()
    registerKernels('tensorflow')
    const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? 0) || availableParallelism()
    const where = gpu ? 'on GPU' : threads === 1 ? 'one thread' : `${threads} threads`
    return {
      name: 'tensorflow',
      backend: 'tensorflow',
      description: `tensorflow (TensorFlow ${version}, tfjs ${tf.version_core}, ${where})`,
      reproducible: false,
    }
  },
}
