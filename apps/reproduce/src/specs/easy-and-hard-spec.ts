import type { NetworkSpec } from './network-spec.ts'
import type { SpecOfRun } from './spec-of-run.ts'

/** How a network is trained, by plain SGD on cross-entropy. */
export interface PlainTraining {
  readonly steps: number
  readonly batchSize: number
  readonly learningRate: number
}

/**
 * Easy and hard examples, told apart by runs of their own, and all that is measured on them. Every part trains the same
 * network from weights of its own.
 */
export interface EasyAndHardSpec extends SpecOfRun {
  readonly task: 'easy-and-hard'
  readonly engine: string
  readonly data: {
    readonly dataset: string
    /** Training examples that the easy and hard ones are chosen from; all when absent. */
    readonly pool?: number
    /** Of each kind, to train on, and others to test on. */
    readonly perClass: { readonly train: number; readonly test: number }
  }
  readonly model: NetworkSpec
  /** Trainings that tell: easy is what all of them classify rightly at their end, hard what none does. */
  readonly scoring: PlainTraining & { readonly runs: number }
  /** On the easy examples, and on the hard ones. */
  readonly apart: PlainTraining & { readonly every: number }
  /** On all of the pool, with the easy and the hard examples measured on the way. */
  readonly together: PlainTraining & { readonly every: number }
  /** On one example at a time: that many of each kind, until its loss is below `fitted`. */
  readonly alone: {
    readonly pairs: number
    readonly steps: number
    readonly learningRate: number
    readonly fitted: number
  }
}
