import type { Experiment } from '../experiment.ts'
import type { RunSpec } from '../run-spec.ts'
import { calibration } from './calibration.ts'
import { fig1 } from './fig-1.ts'
import { fig4 } from './fig-4.ts'
import { fig9 } from './fig-9.ts'
import { labelNoise } from './label-noise.ts'

/** Every experiment, in the paper's order. */
export const experiments: readonly Experiment<RunSpec>[] = [fig1, fig4, fig9, calibration, labelNoise]
