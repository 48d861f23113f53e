import type { NetworkSpec } from '../../specs/network-spec.ts'

/** One narrow network of each family, by the name that figures give it; none normalises by batches, so that α is direct. */
export const networks: Readonly<Record<string, NetworkSpec>> = {
  MLP: { kind: 'mlp', hidden: [64, 64] },
  CNN: { kind: 'cnn', stages: [[8], [16]], dense: [32] },
  VGG: {
    kind: 'vgg',
    stages: [
      [8, 8],
      [16, 16],
    ],
    dense: [32],
  },
  Inception: { kind: 'inception', width: 0.05, batchNormalization: false },
  ResNet: { kind: 'resnet', depth: 18, width: 0.0625, batchNormalization: false },
}
