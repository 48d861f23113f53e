import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { filled } from './filled.ts'
import { tensorMemory } from './tensor-memory.ts'
import { trainingKernelsOf } from './training-kernels-of.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Inputs {
  readonly logits: TensorInfo
  readonly labels: TensorInfo
}

/** `SoftmaxCrossEntropy`, each example's loss, in one pass. */
export const softmaxCrossEntropy: WasmKernel = {
  name: trainingKernelNames.softmaxCrossEntropy,
  make:
    () =>
    ({ inputs: { logits, labels }, backend }: KernelCall<Inputs>): TensorInfo => {
      const { m, classes, byClass, atLogits, atLabels } = examplesOf(backend, logits, labels)
      const memory = tensorMemory(backend)
      const losses = memory.output([m], 'float32')
      const at = memory.addressOf(losses)
      trainingKernelsOf(backend).softmaxCrossEntropy(atLogits, atLabels, byClass, m, classes, at)
      return losses
    },
}

/** `SoftmaxCrossEntropyGradient`, in the logits, in one pass. */
export const softmaxCrossEntropyGradient: WasmKernel = {
  name: trainingKernelNames.softmaxCrossEntropyGradient,
  make:
    () =>
    ({ inputs: { logits, labels, dy }, backend }: KernelCall<Inputs & { dy: TensorInfo }>): TensorInfo => {
      const { m, classes, byClass, atLogits, atLabels } = examplesOf(backend, logits, labels)
      const memory = tensorMemory(backend)
      const gradient = memory.output([m, classes], 'float32')
      const [atDy, at] = [memory.addressOf(dy), memory.addressOf(gradient)]
      trainingKernelsOf(backend).softmaxCrossEntropyGradient(atLogits, atLabels, byClass, atDy, m, classes, at)
      return gradient
    },
}

/** `SoftmaxCrossEntropyWithGradient`: both in one pass. */
export const softmaxCrossEntropyWithGradient: WasmKernel = {
  name: trainingKernelNames.softmaxCrossEntropyWithGradient,
  make:
    () =>
    ({ inputs: { logits, labels }, backend }: KernelCall<Inputs>): TensorInfo[] => {
      const { m, classes, byClass, atLogits, atLabels } = examplesOf(backend, logits, labels)
      const memory = tensorMemory(backend)
      const losses = memory.output([m], 'float32')
      let gradient: TensorInfo | undefined
      filled(backend, losses, () => {
        gradient = memory.output([m, classes], 'float32')
        const [at, atGradient] = [memory.addressOf(losses), memory.addressOf(gradient)]
        const kernels = trainingKernelsOf(backend)
        kernels.softmaxCrossEntropyWithGradient(atLogits, atLabels, byClass, m, classes, at, atGradient)
      })
      return [losses, gradient!]
    },
}

/** `CountCorrect`: how many examples have their largest output at their class. */
export const countCorrect: WasmKernel = {
  name: trainingKernelNames.countCorrect,
  make:
    () =>
    ({ inputs: { outputs, labels }, backend }: KernelCall<{ outputs: TensorInfo; labels: TensorInfo }>): TensorInfo => {
      const { m, classes, atLogits, atLabels } = examplesOf(backend, outputs, labels)
      const memory = tensorMemory(backend)
      const count = memory.output([], 'int32')
      const correct = trainingKernelsOf(backend).countCorrect(atLogits, atLabels, m, classes)
      new Int32Array(memory.memory.buffer, memory.addressOf(count), 1)[0] = correct
      return count
    },
}

function examplesOf(
  backend: KernelBackend,
  logits: TensorInfo,
  labels: TensorInfo,
): { m: number; classes: number; byClass: 0 | 1; atLogits: number; atLabels: number } {
  const [m, classes] = logits.shape
  const byClass = labels.dtype === 'int32' && labels.shape.length === 1 && labels.shape[0] === m
  const byTarget = labels.dtype === 'float32' && labels.shape.length === 2 && `${labels.shape}` === `${logits.shape}`
  if (logits.dtype !== 'float32' || logits.shape.length !== 2 || !(byClass || byTarget)) {
    throw new TypeError(
      `required float32 outputs [m, C] with int32 labels [m] or float32 labels [m, C], ` +
        `found ${logits.dtype} [${logits.shape}] with ${labels.dtype} [${labels.shape}]`,
    )
  }
  const memory = tensorMemory(backend)
  const [atLogits, atLabels] = [memory.addressOf(logits), memory.addressOf(labels)]
  return { m: m!, classes: classes!, byClass: byClass ? 1 : 0, atLogits, atLabels }
}
