import type { Setting, Verdict } from '../verdict.ts'
import type { Provenance } from './provenance.ts'

/** A name and what is so called, as a page lists them: `Node` `22.23.3`. */
export interface Fact {
  readonly name: string
  readonly value: string
}

export interface ReportRun {
  readonly arm: string
  readonly seed: number
  readonly id: string
  /** Plain data, shown as JSON. */
  readonly spec: unknown
  /** The source revision that made it, and what it went by, told by content. */
  readonly madeBy?: readonly Fact[]
  /** The run's Arrow tables: paths relative to the page. */
  readonly tables: readonly string[]
}

/** A figure with its title and its caption. */
export interface Drawing {
  readonly title: string
  /** From `figureToSvg(figure, { heading: false })`. */
  readonly svg: string
  readonly caption: string
}

export interface ReportExperiment {
  /** Unique in the page: links lead to it. */
  readonly id: string
  readonly title: string
  /** The paper's figure: `Figure 1`. */
  readonly figure: string
  /** The paper's claim in our words. */
  readonly claim: string
  /** What the claims were tried on, by the paper and here. */
  readonly setting?: Setting
  /** What the figures were made of; absent where nothing was run. */
  readonly provenance?: Provenance
  /** None where nothing was run. */
  readonly drawings: readonly Drawing[]
  readonly verdicts: readonly Verdict[]
  readonly runs: readonly ReportRun[]
  /** What makes these results again, as it is typed. */
  readonly command: string
  readonly environment: readonly Fact[]
}

/** All that a report page shows. */
export interface Report {
  readonly title: string
  /** When, by what and from which source the page was made. */
  readonly generated: readonly Fact[]
  readonly experiments: readonly ReportExperiment[]
}
