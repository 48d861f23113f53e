/** How batch normalisation takes part where it is not by moving statistics, one example at a time. */
export interface BatchNorm {
  /**
   * `frozenBatch`: each example's own gradient, by the statistics of the batch that it is in, held constant. `imputed`: the
   * gradients of whole batches in training mode, and α of examples imputed from theirs.
   */
  readonly how: 'frozenBatch' | 'imputed'
  /** k: examples per batch. */
  readonly batchSize: number
  /** Whether the network has none to take part. */
  readonly absent?: boolean
}

/** As the command line has it; `inference` is by moving statistics. */
export const batchNormModes = ['inference', 'frozenBatch', 'imputed'] as const

/** Examples per batch where nobody says. */
export const USUAL_BATCH = 100
