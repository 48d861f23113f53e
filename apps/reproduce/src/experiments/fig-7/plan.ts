import type { Scale } from '../../experiment.ts'
import type { EasyAndHardSpec } from '../../specs/easy-and-hard-spec.ts'

type Size = Pick<EasyAndHardSpec, 'data' | 'model' | 'scoring' | 'apart' | 'together' | 'alone'>

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    data: { dataset: 'mnist', pool: 8000, perClass: { train: 6, test: 4 } },
    model: { kind: 'mlp', hidden: [32] },
    scoring: { runs: 2, steps: 40, batchSize: 50, learningRate: 0.1 },
    apart: { steps: 150, batchSize: 20, learningRate: 0.1, every: 25 },
    together: { steps: 60, batchSize: 50, learningRate: 0.1, every: 10 },
    alone: { pairs: 10, steps: 300, learningRate: 0.005, fitted: 0.1 },
  },
  desk: {
    data: { dataset: 'mnist', perClass: { train: 50, test: 20 } },
    model: { kind: 'mlp', hidden: [256, 256] },
    scoring: { runs: 3, steps: 150, batchSize: 100, learningRate: 0.1 },
    apart: { steps: 2000, batchSize: 50, learningRate: 0.05, every: 50 },
    together: { steps: 1800, batchSize: 100, learningRate: 0.1, every: 100 },
    alone: { pairs: 60, steps: 3000, learningRate: 0.0003, fitted: 0.1 },
  },
}

/** A run a seed, which chooses its own easy and hard examples. Figures 7 and 8 share them. */
export function planEasyAndHard(scale: Scale, seeds: number): readonly EasyAndHardSpec[] {
  const size = sizes[scale]
  if (!size) return []
  return Array.from({ length: seeds }, (_, i): EasyAndHardSpec => ({
    task: 'easy-and-hard',
    experiment: 'fig-7',
    arm: 'easy and hard',
    seed: i + 1,
    engine: 'wasm',
    ...size,
  }))
}
