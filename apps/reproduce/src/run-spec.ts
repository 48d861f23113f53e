import type { RuleSpec } from '@coherent-gradients/aggregators'
import type { Noise, RandomShift, Subset } from '@coherent-gradients/datasets'
import type { CentreCrop, RandomCrop } from '@coherent-gradients/datasets/images'
import type { DescentSpec } from './specs/descent-spec.ts'
import type { EasyAndHardSpec } from './specs/easy-and-hard-spec.ts'
import type { ExpressivitySpec } from './specs/expressivity-spec.ts'
import type { GradientSampleSpec } from './specs/gradient-sample-spec.ts'
import type { InitialisationSpec } from './specs/initialisation-spec.ts'
import type { NetworkSpec } from './specs/network-spec.ts'
import type { MinimumNormSpec } from './specs/minimum-norm-spec.ts'
import type { RandomFitsSpec } from './specs/random-fits-spec.ts'
import type { SpecOfRun } from './specs/spec-of-run.ts'
import type { SuspectsSpec } from './specs/suspects-spec.ts'
import type { TwinsSpec } from './specs/twins-spec.ts'

/** Noise put on a training split, as the datasets package makes it. */
export type NoiseSpec = Noise

/** A rule of the user's own, in a file that is known by its content. The runs' folder keeps it. */
export interface OwnRuleFile {
  readonly file: string
  readonly sha256: string
}

/** A rule by name with its options, as the aggregators package makes it, or the user's own. */
export type AggregatorSpec = RuleSpec | OwnRuleFile

export function isOwnRuleFile(spec: AggregatorSpec): spec is OwnRuleFile {
  return !('rule' in spec)
}

/** What is trained on; cross-entropy of softmax unless said. Losses are reported as cross-entropy in any case. */
export type LossSpec =
  | { readonly loss: 'smoothed-cross-entropy'; readonly smoothing: number }
  | { readonly loss: 'generalized-cross-entropy'; readonly q: number }

/** When to measure: at the steps listed, at every nth step, at every epoch's end, or at every fall of the minibatch loss below its lowest so far. */
export type ScheduleSpec =
  | { readonly every: 'listed'; readonly steps: readonly number[] }
  | { readonly every: 'steps'; readonly n: number }
  | { readonly every: 'epoch' }
  | { readonly every: 'fall'; readonly fraction: number }

/** Which batches α is imputed from, to hold it against the direct one. */
export interface ImputationSpec {
  readonly at: readonly ScheduleSpec[]
  /** k: examples per batch. */
  readonly batchSizes: readonly number[]
  /** K: numbers of batches. The largest is drawn; the smaller are its parts. */
  readonly batches: readonly number[]
  /** How often the largest K is drawn. */
  readonly draws: number
  /**
   * In place of random signs, of a network with batch normalisation: batches by moving statistics, against α of examples by
   * those; and by their own, against α of examples by the frozen statistics of all that are measured.
   */
  readonly statistics?: 'both'
}

/** A network that is trained, tested and measured on a data set. */
export interface TrainingSpec extends SpecOfRun {
  readonly task?: never
  readonly engine: string
  /** The name of the rule that the user set in place of the experiment's or beside it; figures label the run by it. */
  readonly ownRule?: string
  readonly data: {
    /** A data set's name, or the path of the user's own data, as `openDataSet` takes them. */
    readonly dataset: string
    /** Of pictures: what is measured and tested on. The middle 224 × 224 of a short side of 256 unless said. */
    readonly preprocessing?: CentreCrop
    /**
     * Steps are made on random crops of pictures, of the same size, or on images of any data set that are moved at random;
     * others in each epoch. None unless said.
     */
    readonly augment?: Omit<RandomCrop, 'crop' | 'orientation'> | RandomShift
    /** Parts of the data set, taken before anything else: easy or hard examples, as many of each class, … All unless said. */
    readonly subset?: {
      readonly train?: Subset
      readonly test?: Subset
      /** `train` tests on a part of the training set that others told apart, as Figure 7 does. */
      readonly testOf?: 'train'
    }
    /** Number of training examples, drawn by the seed; every example when absent. */
    readonly train?: number
    readonly test?: number
    /** Examples of the training set that are held out, with the training set's noise: the split `validation`. None unless said. */
    readonly validation?: number
    readonly noise: NoiseSpec
    /** Whether the test split gets the same kind of noise, as the paper's random test images do. */
    readonly noisyTest: boolean
  }
  readonly model: NetworkSpec
  readonly training: {
    readonly steps: number
    readonly batchSize: number
    readonly learningRate: number
    /** λ of w ← w(1 − ηλ) − ηg; 0 unless said. */
    readonly weightDecay?: number
    readonly aggregator: AggregatorSpec
    readonly loss?: LossSpec
    /** Stop early once every training example is fitted at an evaluation. */
    readonly stopWhenFitted: boolean
  }
  readonly measure: {
    readonly evaluate: readonly ScheduleSpec[]
    readonly coherence: readonly ScheduleSpec[]
    /** Examples per coherence measurement, for each population and split. */
    readonly examples: number
    readonly splits: readonly ('train' | 'test')[]
    /** `designation`: pristine and corrupt apart, equal m for both. */
    readonly populations: 'all' | 'designation'
    /** α imputed from batches that are drawn from the measured training examples, beside the direct one. */
    readonly imputation?: ImputationSpec
  }
}

/**
 * One run as plain data. Its canonical JSON is hashed into the run's id, so everything that changes the tables is here
 * and nothing else is.
 */
export type RunSpec =
  | TrainingSpec
  | DescentSpec
  | EasyAndHardSpec
  | ExpressivitySpec
  | GradientSampleSpec
  | InitialisationSpec
  | MinimumNormSpec
  | RandomFitsSpec
  | SuspectsSpec
  | TwinsSpec
