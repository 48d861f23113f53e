import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'
import { settledCoherence } from '../settled-coherence.ts'

/** Coherence of a run after the first transient: where it starts, peaks and ends. Each is a median, so that one measurement decides nothing. */
export interface Course {
  readonly network: string
  readonly arm: 'real' | 'random'
  readonly seed: number
  readonly start: number
  readonly peak: number
  readonly end: number
}

/** Reads the courses of the finished runs. */
export function coursesOf(results: readonly (RunResult | undefined)[]): readonly Course[] {
  return finished(results).map((run) => {
    const values = settledCoherence(run).map((row) => row.mAlpha)
    const few = Math.max(1, Math.round(values.length / 10))
    const threes = values.length < 3 ? values : values.slice(2).map((_, i) => median(values.slice(i, i + 3)))
    return {
      ...placeOf(run),
      seed: run.spec.seed,
      start: median(values.slice(0, few)),
      peak: Math.max(...threes),
      end: median(values.slice(-few)),
    }
  })
}

/** Which network a run trains on which data. */
export function placeOf({ spec }: RunResult): Pick<Course, 'network' | 'arm'> {
  return { network: spec.arm.split(',')[0]!, arm: spec.data.noise.kind === 'none' ? 'real' : 'random' }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}
