import type { Noise } from '@coherent-gradients/datasets'

/** Kinds of noise as the command line names them. */
export const noiseNames = [
  'labels',
  'labels-bernoulli',
  'labels-permuted',
  'labels-pair-flipped',
  'gaussian-images',
  'shuffled-pixels',
  'random-pixels',
] as const

/** Noise as the command line says it: a kind and a share, `labels=0.5`; undefined for anything else. */
export function parseNoise(text: string): Noise | undefined {
  const [, kind, share] = /^([a-z-]+)(?:=(\d*\.?\d+))?$/.exec(text) ?? []
  const fraction = share === undefined ? 1 : Number(share)
  if (!(fraction <= 1)) return undefined
  switch (kind) {
    case 'labels':
      return { kind, scheme: 'exact', fraction }
    case 'labels-bernoulli':
      return { kind: 'labels', scheme: 'bernoulli', fraction }
    case 'labels-permuted':
      return { kind: 'labels', scheme: 'permuted', fraction }
    case 'labels-pair-flipped':
      return { kind: 'labels', scheme: 'pair-flipped', fraction }
    case 'gaussian-images':
    case 'shuffled-pixels':
    case 'random-pixels':
      return { kind, fraction }
    default:
      return undefined
  }
}
