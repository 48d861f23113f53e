import type { TrainingSpec } from '../run-spec.ts'

/** A kind of data by the name that figures give it. */
export interface NoiseArm {
  readonly arm: string
  readonly data: Pick<TrainingSpec['data'], 'noise' | 'noisyTest'>
}

export const realData: NoiseArm = { arm: 'real', data: { noise: { kind: 'none' }, noisyTest: false } }

/** Every image, those for testing too, replaced by Gaussian noise; labels kept. */
export const randomImages: NoiseArm = {
  arm: 'random',
  data: { noise: { kind: 'gaussian-images', fraction: 1 }, noisyTest: true },
}

/** Every training label drawn anew. */
export const randomLabels: NoiseArm = {
  arm: 'random labels',
  data: { noise: { kind: 'labels', scheme: 'exact', fraction: 1 }, noisyTest: false },
}
