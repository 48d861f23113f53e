/** When an example was looked at: a third through the first epoch, after a few epochs, after all, or the mean over all looks. */
export const stages = ['first', 'early', 'late', 'throughout'] as const
export type Stage = (typeof stages)[number]

/** What ranks examples by how doubtful their labels are; `direction` is help without the gradients' lengths, as a cosine. */
export const criteria = ['help', 'direction', 'loss', 'margin', 'confident learning'] as const
export type Criterion = (typeof criteria)[number]

/** The examples that were scored, and each one's scores: always the higher, the more doubtful. */
export interface ScoredExamples {
  readonly ids: Uint32Array
  /** [n] the labels that are given. */
  readonly labels: Int32Array
  readonly trueLabels: Int32Array
  /** [n] the class that networks expect which were not trained on the example. */
  readonly expected: Int32Array
  /** [n] minus the help of all others or its cosine, the loss, minus the margin; confident learning has no stages. */
  score(criterion: Criterion, stage: Stage): Float64Array
}
