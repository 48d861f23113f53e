import type { Figure } from './figure/figure.ts'
import type { RunSpec, TrainingSpec } from './run-spec.ts'
import type { RunResult } from './run-result.ts'
import type { Verdict } from './verdict.ts'

/** smoke ends in under a minute; desk in under 30 minutes on two cores without a GPU; paper is the paper's own setting. */
export type Scale = 'smoke' | 'desk' | 'paper'

export interface ScaleDescription {
  /** What is trained or computed at this scale, in a few words. */
  readonly what: string
  /** About how long it takes on two cores, in words. */
  readonly cost: string
}

/** Results in words, where a line for each run would be too many. */
export interface ResultTable {
  readonly title: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * An experiment: one file that plans runs, draws their tables and judges the paper's claims by them. Its runs train
 * networks unless its `Spec` says otherwise.
 */
export interface Experiment<Spec extends RunSpec = TrainingSpec> {
  readonly id: string
  /** The paper's figure, example or section: `Figure 1`. */
  readonly figure: string
  readonly title: string
  /** The paper's claim in our words. */
  readonly claim: string
  /** The network, data and training that the paper's claim was made on; what stands for them here is said by the scale. */
  readonly paper: string
  /** A text of this project that goes deeper, as a path from `docs/` on: `label-noise.md#finding-wrong-labels`. */
  readonly more?: string
  readonly scales: Readonly<Partial<Record<Scale, ScaleDescription>>>
  /** Arms whose coherence the first line of progress compares. */
  readonly compared?: readonly string[]
  /** `--set key=value` settings that the experiment takes, with their allowed values; the first is the default. */
  readonly settings: Readonly<Record<string, readonly string[]>>
  /**
   * Names the arm of a rule that the user sets beside the experiment's own (`--aggregator`), from one of the runs that it
   * is set beside; undefined where it isn't set beside that one. Where `ownArm` is left out, the user's rule takes the place
   * of the one rule that all runs train by.
   */
  readonly ownArm?: (beside: TrainingSpec, rule: string) => string | undefined
  plan(scale: Scale, settings: Readonly<Record<string, string>>): readonly Spec[]
  /** The figures, the paper's own first. Results arrive in plan order; a run that hasn't been made is `undefined`. */
  draw(results: readonly (RunResult<Spec> | undefined)[]): readonly Figure[]
  judge(results: readonly (RunResult<Spec> | undefined)[]): readonly Verdict[]
  /** In place of a line for each run. Printed, and written as Markdown into the plan's folder. */
  tabulate?(results: readonly (RunResult<Spec> | undefined)[]): readonly ResultTable[]
}
