import type { ResultTable, Scale } from '../../experiment.ts'
import type { Setting, Verdict } from '../../verdict.ts'
import type { TimeTaken } from './time-taken.ts'

/** A figure beside the document. */
export interface ResultDrawing {
  /** Its path from the document on. */
  readonly file: string
  readonly title: string
  readonly caption: string
}

/** One experiment with its settings. */
export interface ResultSection {
  readonly experiment: string
  /** What differs from the usual, as it is typed: `--set random=labels`; empty where nothing does. */
  readonly flags: string
  /** The paper's figure: `Figure 1`. */
  readonly figure: string
  readonly title: string
  /** The paper's claim in our words. */
  readonly claim: string
  /** What the claims were tried on, by the paper and here. */
  readonly setting: Setting
  readonly command: string
  /** A text that goes deeper, as a path from the document on. */
  readonly more?: string
  readonly planned: number
  /** Those of the planned runs that are done. */
  readonly runs: readonly ResultRun[]
  readonly took?: TimeTaken
  /** What they were made on, cores first: `2 × AMD EPYC`. */
  readonly machines: readonly string[]
  /** The source revisions that made the runs, short. */
  readonly revisions: readonly string[]
  /** One hash of all data that the runs went by; absent where they went by none. */
  readonly data?: string
  readonly drawings: readonly ResultDrawing[]
  readonly verdicts: readonly Verdict[]
  readonly tables: readonly ResultTable[]
}

/** A run in short: where it ended. What its kind of run doesn't have is left out. */
export interface ResultRun {
  readonly id: string
  readonly arm: string
  readonly seed: number
  readonly why: string
  readonly seconds?: number
  readonly steps?: number
  readonly epochs?: number
  readonly trainLoss?: number
  readonly trainAccuracy?: number
  readonly pristineAccuracy?: number
  readonly corruptAccuracy?: number
  readonly testLoss?: number
  readonly testAccuracy?: number
  /** m·α of the training examples, all together: the highest, and the last. */
  readonly peak?: number
  readonly last?: number
}

/** Everything that the results document shows. */
export interface Results {
  readonly scale: Scale
  /** What writes the document again, as it is typed. */
  readonly command: string
  readonly sections: readonly ResultSection[]
}
