import type { Experiment } from '../experiment.ts'
import { fig1 } from './fig-1.ts'

/** Every experiment, in the paper's order. */
export const experiments: readonly Experiment[] = [fig1]
