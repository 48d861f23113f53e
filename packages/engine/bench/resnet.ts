/**
 * What a training step of a ResNet-18 on images of 32×32 costs beside its forward pass, on engine `wasm`.
 *
 *   node bench/resnet.ts [images in the batch, 16] [rounds, 7]
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
// For the gradients, which it registers.
import '@tensorflow/tfjs-layers'
import { openEngine } from '../src/index.ts'

const [batch = 16, rounds = 7] = process.argv.slice(2).map(Number)
const opened = await openEngine('wasm')()
if (opened._tag === 'Left') throw new Error(opened.left.message)

const variables: Variable[] = []
let seed = 0
function weight(shape: number[], deviation: number): Variable {
  variables.push(tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', (seed += 1))))
  return variables.at(-1)!
}

type Layer = (x: Tensor4D) => Tensor4D

function convolution(taps: number, from: number, to: number, stride: number): Layer {
  const kernel = weight([taps, taps, from, to], Math.sqrt(2 / (taps * taps * from))) as Variable<tf.Rank.R4>
  return (x) => tf.conv2d(x, kernel, stride, 'same')
}

/** Batch normalisation by the batch's own statistics, as when training. */
function normalisation(channels: number): Layer {
  const scale = tf.variable(tf.ones([channels])) as Variable<tf.Rank.R1>
  const offset = tf.variable(tf.zeros([channels])) as Variable<tf.Rank.R1>
  variables.push(scale, offset)
  return (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2])
    return tf.batchNorm(x, mean as Tensor1D, variance as Tensor1D, offset, scale, 1e-3) as Tensor4D
  }
}

function block(from: number, to: number, stride: number): Layer {
  const [first, second] = [convolution(3, from, to, stride), convolution(3, to, to, 1)]
  const [normaliseFirst, normaliseSecond] = [normalisation(to), normalisation(to)]
  const shortcut = from === to && stride === 1 ? undefined : convolution(1, from, to, stride)
  const normaliseShortcut = shortcut && normalisation(to)
  return (x) => {
    const inner = tf.relu(normaliseFirst(first(x)))
    const around = shortcut === undefined ? x : normaliseShortcut!(shortcut(x))
    return tf.relu(tf.add(normaliseSecond(second(inner)), around))
  }
}

const layers: Layer[] = [convolution(3, 3, 64, 1), normalisation(64), tf.relu]
for (const [stage, channels] of [64, 128, 256, 512].entries()) {
  layers.push(block(stage === 0 ? 64 : channels / 2, channels, stage === 0 ? 1 : 2), block(channels, channels, 1))
}
const dense = weight([512, 10], 0.05) as Variable<tf.Rank.R2>

const images = tf.randomNormal([batch!, 32, 32, 3], 0, 1, 'float32', 1) as Tensor4D
const labels = tf.oneHot(
  tf.tensor1d(
    Array.from({ length: batch! }, (_, i) => i % 10),
    'int32',
  ),
  10,
) as Tensor2D

function loss(): Scalar {
  const features = tf.mean(
    layers.reduce((x, layer) => layer(x), images),
    [1, 2],
  ) as Tensor2D
  return tf.losses.softmaxCrossEntropy(labels, tf.matMul(features, dense))
}

const cases = {
  forward: (): void => tf.tidy(() => void loss()),
  'forward + backward': (): void => {
    const { value, grads } = tf.variableGrads(loss, variables)
    tf.dispose([value, grads as unknown as Tensor])
  },
}

const times = Object.fromEntries(Object.keys(cases).map((name) => [name, [] as number[]]))
for (let round = -1; round < rounds!; round++) {
  for (const [name, run] of Object.entries(cases)) {
    const start = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(start)
    if (round >= 0) times[name]!.push((user + system) / 1000)
  }
}
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
const ratios = times['forward']!.map((forward, round) => times['forward + backward']![round]! / forward)
for (const [name, all] of Object.entries(times)) console.log(`${name}: ${median(all).toFixed(0)} ms of CPU`)
console.log(`(forward + backward) / forward: ${median(ratios).toFixed(2)} (median of ${rounds} rounds, batch ${batch})`)
