import type { Noise } from './with-noise.ts'

/**
 * The randomisations of Zhang et al., "Understanding deep learning requires rethinking generalization", 2017, in their
 * order: from the true labels to images that are nothing but noise. `partially corrupted labels` are half of them here; the
 * paper goes through all shares.
 *
 * @example
 * for (const { name, noise } of zhangNoises) run(name, withNoise(train, noise, key))
 */
export const zhangNoises: readonly { readonly name: string; readonly noise: Noise }[] = [
  { name: 'true labels', noise: { kind: 'none' } },
  { name: 'partially corrupted labels', noise: { kind: 'labels', scheme: 'bernoulli', fraction: 0.5 } },
  { name: 'random labels', noise: { kind: 'labels', scheme: 'bernoulli', fraction: 1 } },
  { name: 'shuffled pixels', noise: { kind: 'shuffled-pixels', fraction: 1 } },
  { name: 'random pixels', noise: { kind: 'random-pixels', fraction: 1 } },
  { name: 'gaussian', noise: { kind: 'gaussian-images', fraction: 1 } },
]
