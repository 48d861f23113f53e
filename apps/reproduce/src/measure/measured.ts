import type { MeasuredGradients } from './measured-gradients.ts'
import type { MeasuredModel } from './measured-model.ts'

/** All that `measure` found out: of a model on data, or of gradients that were made elsewhere. */
export type Measured = MeasuredModel | MeasuredGradients

export function isModel(measured: Measured): measured is MeasuredModel {
  return 'model' in measured
}
