import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'
import { ruleOf } from './rules.ts'

/** What tells the runs of an experiment apart besides rule and seed. */
export interface Cell {
  /** Share of the training examples that noise is put on. */
  readonly noise: number
  readonly microBatch: number
  readonly learningRate: number
}

/** A run by M3 and its twin by A3: the same weights before training, the same batches. */
export interface Pair extends Cell {
  readonly seed: number
  readonly m3: RunResult
  readonly a3: RunResult
}

/** Reads noise, micro-batch and learning rate from a run's spec. A rule of the user's own stands with those it was set beside. */
export function cellOf({ spec: { arm, data, training } }: RunResult): Cell {
  const told = /micro-batch=(\d+)/.exec(arm)?.[1]
  return {
    noise: data.noise.kind === 'none' ? 0 : data.noise.fraction,
    microBatch: told === undefined ? training.batchSize / 3 : Number(told),
    learningRate: training.learningRate,
  }
}

/** The pairs both of whose runs are finished, in the order of the runs by M3. */
export function pairsOf(results: readonly (RunResult | undefined)[]): readonly Pair[] {
  const done = finished(results)
  return done.flatMap((m3): readonly Pair[] => {
    if (ruleOf(m3) !== 'M3') return []
    const cell = cellOf(m3)
    const a3 = done.find((run) => ruleOf(run) === 'A3' && run.spec.seed === m3.spec.seed && sameCell(cellOf(run), cell))
    return a3 === undefined ? [] : [{ ...cell, seed: m3.spec.seed, m3, a3 }]
  })
}

/** The values that runs have of one of the things that tell them apart, ascending. */
export function valuesOf(runs: readonly RunResult[], of: keyof Cell): readonly number[] {
  return [...new Set(runs.map((run) => cellOf(run)[of]))].toSorted((a, b) => a - b)
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.noise === b.noise && a.microBatch === b.microBatch && a.learningRate === b.learningRate
}
