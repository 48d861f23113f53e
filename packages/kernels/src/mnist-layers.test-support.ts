import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'

/** A small generator of numbers in [0, 1) (mulberry32), so that fixtures are the same everywhere. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Factors of one dense layer, with given shares of activations and deltas that aren't zero. */
export function factoredLayer(
  rows: number,
  inputs: number,
  outputs: number,
  density: { readonly activations: number; readonly deltas: number },
  seed = 1,
): FactoredRows {
  const next = generator(seed)
  const fill = (size: number, share: number, signed: boolean): Float32Array =>
    Float32Array.from({ length: size }, () => (next() < share ? (signed ? next() + next() - 1 : next()) : 0))
  return {
    activations: fill(rows * inputs, density.activations, false),
    deltas: fill(rows * outputs, density.deltas, true),
    rows,
    inputs,
    outputs,
  }
}

/** The four layers of the 784-256-256-256-10 ReLU network, by default as sparse as on MNIST: a fifth of the pixels is ink. */
export function mnistLayers(
  rows: number,
  density?: { readonly activations: number; readonly deltas: number },
): readonly FactoredRows[] {
  return [
    factoredLayer(rows, 784, 256, density ?? { activations: 0.2, deltas: 0.5 }, 1),
    factoredLayer(rows, 256, 256, density ?? { activations: 0.5, deltas: 0.5 }, 2),
    factoredLayer(rows, 256, 256, density ?? { activations: 0.5, deltas: 0.5 }, 3),
    factoredLayer(rows, 256, 10, density ?? { activations: 0.5, deltas: 1 }, 4),
  ]
}

/** Every outer product written out: the definition of what {@link FactoredRows} stands for. */
export function formed({ activations, deltas, rows, inputs, outputs }: FactoredRows): FormedRows {
  const columns = inputs * outputs
  const values = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < inputs; a++) {
      for (let b = 0; b < outputs; b++) {
        values[i * columns + a * outputs + b] = activations[i * inputs + a]! * deltas[i * outputs + b]!
      }
    }
  }
  return { values, rows, columns }
}
