import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'

/** The training loss that steps are counted to. */
export const TARGET = 0.3

/** A run, and after how many steps its training loss was down at {@link TARGET}; Infinity where it never was. */
interface Reached {
  readonly run: RunResult
  readonly batchSize: number
  readonly learningRate: number
  readonly steps: number
}

/** S(B) = S_min (1 + B_noise/B). */
export interface NoiseCurve {
  readonly leastSteps: number
  readonly noiseScale: number
}

/** α on the way: E‖g‖² of the examples' own gradients g, and the ‖E g‖² in it, without the bias of few examples. */
export interface Moment {
  readonly loss: number
  readonly meanSquare: number
  readonly squareOfMean: number
}

/** One seed's steps by batch size, and what its α says of them. */
export interface SeedScale {
  readonly seed: number
  readonly all: readonly Reached[]
  /** For each batch size, rising, the learning rate that took the fewest steps. */
  readonly best: readonly Reached[]
  /** The measurements on the largest batch's way to the target. */
  readonly along: readonly Moment[]
  /** From α alone: that of `along` together, and the largest batch's steps. */
  readonly predicted: NoiseCurve
  /** From the steps alone. */
  readonly fitted: NoiseCurve
}

/** Reads each seed's noise scales off the finished runs; seeds of which a batch size or the measurements are missing are left out. */
export function noiseScalesOf(results: readonly (RunResult | undefined)[]): readonly SeedScale[] {
  const runs = finished(results)
  const sizes = sorted(results.flatMap((result) => result?.spec.training.batchSize ?? []))
  return sorted(runs.map(({ spec }) => spec.seed)).flatMap((seed): SeedScale[] => {
    const all = runs.filter(({ spec }) => spec.seed === seed).map(reachedBy)
    const best = sizes.flatMap((batchSize) =>
      all
        .filter((each) => each.batchSize === batchSize && Number.isFinite(each.steps))
        .toSorted((a, b) => a.steps - b.steps)
        .slice(0, 1),
    )
    const along = best.length === sizes.length && best.length > 2 ? alongTheWay(best.at(-1)!) : []
    if (along.length === 0) return []
    const noiseScale = noiseScaleOf(along)
    const { steps, batchSize } = best.at(-1)!
    const predicted = { leastSteps: steps / (1 + noiseScale / batchSize), noiseScale }
    return [{ seed, all, best, along, predicted, fitted: fittedTo(best) }]
  })
}

/**
 * B_simple = tr Σ/‖E g‖² = (1 − α)/α of moments together, α = Σ ‖E g‖²/Σ E‖g‖²: numerator and denominator each by itself, as a single
 * α near 0 would outweigh all others.
 */
export function noiseScaleOf(moments: readonly Moment[]): number {
  const sum = (of: (moment: Moment) => number): number => moments.reduce((total, each) => total + of(each), 0)
  const alpha = sum(({ squareOfMean }) => squareOfMean) / sum(({ meanSquare }) => meanSquare)
  return alpha > 0 ? (1 - alpha) / alpha : Infinity
}

/** S(B) of a curve. */
export function stepsBy({ leastSteps, noiseScale }: NoiseCurve, batchSize: number): number {
  return leastSteps * (1 + noiseScale / batchSize)
}

const sorted = (values: readonly number[]): readonly number[] => [...new Set(values)].toSorted((a, b) => a - b)

/** Between two evaluations the logarithm of the loss is taken to fall evenly. */
function reachedBy(run: RunResult): Reached {
  const losses = run.evaluations.filter((row) => row.split === 'train' && row.population === 'all')
  const first = losses.findIndex((row) => row.loss <= TARGET)
  const [before, after] = [losses[first - 1], losses[first]]
  const { batchSize, learningRate } = run.spec.training
  const share = before && after ? Math.log(before.loss / TARGET) / Math.log(before.loss / after.loss) : 0
  const steps = after ? (before ? before.step + share * (after.step - before.step) : after.step) : Infinity
  return { run, batchSize, learningRate, steps }
}

function alongTheWay({ run, steps }: Reached): SeedScale['along'] {
  return run.coherence
    .filter((row) => row.split === 'train' && row.population === 'all' && row.scope === 'all' && row.step <= steps)
    .map(({ loss, alphaDebiased, meanSquaredNorm }) => ({
      loss: loss ?? Number.NaN,
      meanSquare: meanSquaredNorm,
      squareOfMean: (alphaDebiased ?? 0) * meanSquaredNorm,
    }))
}

/** The least squares of the relative deviations: Σ ((a + c/Bᵢ)/Sᵢ − 1)². */
function fittedTo(points: readonly Reached[]): NoiseCurve {
  let [uu, uv, vv, u, v] = [0, 0, 0, 0, 0]
  for (const { batchSize, steps } of points) {
    const [a, c] = [1 / steps, 1 / (batchSize * steps)]
    uu += a * a
    uv += a * c
    vv += c * c
    u += a
    v += c
  }
  const least = u * vv - v * uv
  const slope = v * uu - u * uv
  return { leastSteps: least / (uu * vv - uv * uv), noiseScale: least > 0 ? slope / least : Infinity }
}
