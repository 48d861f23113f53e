import { expect, it } from 'vitest'
import type { NetworkSpec } from '../specs/network-spec.ts'
import { describeNetwork } from './describe-network.ts'

it.each<[NetworkSpec, string]>([
  [{ kind: 'mlp', hidden: [64, 32] }, 'a ReLU network of 64-32 hidden units'],
  [{ kind: 'linear' }, 'a linear model'],
  [{ kind: 'cnn', stages: [[8, 8], [16]], dense: [32] }, 'a network of 8-8 | 16 convolutions and 32 hidden units'],
  [{ kind: 'vgg', stages: [[8]], dense: [] }, 'a VGG-like network of 8 convolutions'],
  [{ kind: 'alexnet', width: 0.25 }, 'an AlexNet of 0.25 times the width'],
  [{ kind: 'inception', batchNormalization: false }, 'an Inception network without batch normalisation'],
  [{ kind: 'resnet', depth: 18, width: 1 }, 'a ResNet-18'],
])('%j is %s', (network, words) => {
  expect(describeNetwork(network)).toBe(words)
})
