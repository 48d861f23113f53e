/** One training step. `loss` and `accuracy` are the minibatch's, before the update. */
export interface StepRow {
  readonly step: number
  readonly epoch: number
  readonly loss: number
  readonly accuracy: number
  readonly learningRate: number
  /** Clock column: differs between runs of the same spec. */
  readonly elapsedMs: number
}

/** Loss and accuracy of a split, or of one population in it, at the weights after `step` updates. */
export interface EvaluationRow {
  readonly step: number
  readonly epoch: number
  readonly split: string
  readonly population: string
  readonly examples: number
  readonly loss: number
  readonly accuracy: number
  readonly elapsedMs: number
}

/** Coherence of m examples' gradients at the weights after `step` updates, in long form. */
export interface CoherenceRow {
  readonly step: number
  readonly epoch: number
  readonly split: string
  /** `all`, `layer:<name>` or `weight:<name>`. */
  readonly scope: string
  /** `all`, `pristine`, `corrupt`, … */
  readonly population: string
  /** Mean loss of the measured examples; null where nobody knows it, as of gradients that were made elsewhere. */
  readonly loss: number | null
  readonly m: number
  readonly alpha: number
  /** (m·α − 1)/(m − 1); null at m = 1. */
  readonly alphaDebiased: number | null
  readonly mAlpha: number
  /** Of the debiased α; times m − 1 that of m·α. */
  readonly standardError: number | null
  /** Σ‖gᵢ‖²/m. */
  readonly meanSquaredNorm: number
  /** ‖Σgᵢ/m‖². */
  readonly squaredNormOfMean: number
  readonly imputed: boolean
  readonly elapsedMs: number
}

/** α imputed from one draw of K batches, beside the direct one of the examples that the batches were drawn from. */
export interface ImputationRow {
  readonly step: number
  readonly epoch: number
  readonly split: string
  /** `all`, or `random signs`: each example's gradient times a sign of its own. */
  readonly population: string
  readonly draw: number
  /** K. */
  readonly batches: number
  /** k. */
  readonly batchSize: number
  /** The debiased α of the population, one example at a time; 0 by construction with random signs. */
  readonly alphaDirect: number
  readonly alphaOfBatches: number
  readonly plugIn: number
  readonly alphaDebiased: number
  /** The 95% interval's ends; null where K < 3. */
  readonly low: number | null
  readonly high: number | null
  readonly elapsedMs: number
}

/** One training example at one step. */
export interface ExampleRow {
  readonly step: number
  readonly id: number
  readonly label: number
  readonly trueLabel: number
  readonly touched: boolean
  readonly loss: number
  readonly correct: boolean
}

/** One step's contribution to the bound of Theorem 1. */
export interface BoundRow {
  readonly step: number
  readonly learningRate: number
  readonly alpha: number
  /** α was measured before this step; elsewhere it was taken as 0, or as the last that was measured. */
  readonly measured: boolean
  /** log of this step's term of the sum in (5), without L²/m. */
  readonly logContribution: number
  /** log of the bound after this step, without L²/m. */
  readonly logBound: number
}

/** How doubtful the label of one training example is, by several criteria: the higher a doubt, the more doubtful. */
export interface SuspectRow {
  /** 1 for the most doubtful. */
  readonly rank: number
  readonly id: number
  readonly label: number
  /** The label before any noise; `label` where nobody knows better. */
  readonly trueLabel: number
  /** What networks expect that weren't trained on the example. */
  readonly expectedLabel: number
  /** gᵢ·Σⱼ≠ᵢ gⱼ within the first epoch, early, late, and in the mean over training: negative where the others pull against the label. */
  readonly helpFirst: number
  readonly helpEarly: number
  readonly helpLate: number
  readonly help: number
  /** The same as cosines. */
  readonly directionFirst: number
  readonly directionEarly: number
  readonly directionLate: number
  readonly direction: number
  readonly lossFirst: number
  readonly lossEarly: number
  readonly lossLate: number
  readonly loss: number
  /** Logit of the label less the best of the others. */
  readonly marginFirst: number
  readonly marginEarly: number
  readonly marginLate: number
  readonly margin: number
  /** Of confident learning, 0 to 2: above 1 where it counts the label as wrong. */
  readonly doubt: number
}

/** A number that a run measured, in long form: for work that has no table of its own. */
export interface QuantityRow {
  /** 0 where there are no steps. */
  readonly step: number
  /** What is compared within the run: `linear`, `deep`. */
  readonly series: string
  /** What was measured: `loss`, `weight`, `m·α`. */
  readonly quantity: string
  /** Of what: `train`, `w6`; empty where there is one only. */
  readonly item: string
  readonly value: number
}
