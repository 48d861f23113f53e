import type { Experiment } from '../experiment.ts'
import type { RunSpec } from '../run-spec.ts'
import { bnImputation } from './bn-imputation.ts'
import { calibration } from './calibration.ts'
import { example1 } from './example-1.ts'
import { example2 } from './example-2.ts'
import { example3 } from './example-3.ts'
import { example4 } from './example-4.ts'
import { example5 } from './example-5.ts'
import { example6 } from './example-6.ts'
import { example7 } from './example-7.ts'
import { example8 } from './example-8.ts'
import { expressivity } from './expressivity.ts'
import { fig1 } from './fig-1.ts'
import { fig26 } from './fig-26.ts'
import { fig27 } from './fig-27.ts'
import { fig11 } from './fig-11.ts'
import { fig16 } from './fig-16.ts'
import { fig2 } from './fig-2.ts'
import { fig3 } from './fig-3.ts'
import { fig4 } from './fig-4.ts'
import { fig5 } from './fig-5.ts'
import { fig6Labels } from './fig-6-labels.ts'
import { fig6 } from './fig-6.ts'
import { fig7 } from './fig-7.ts'
import { fig8 } from './fig-8.ts'
import { fig9 } from './fig-9.ts'
import { evolution } from './evolution.ts'
import { fig19 } from './fig-19.ts'
import { gapVsM } from './gap-vs-m.ts'
import { labelNoise } from './label-noise.ts'
import { minimumNorm } from './minimum-norm.ts'
import { noiseScale } from './noise-scale.ts'
import { underParameterised } from './under-parameterised.ts'
import { suspects } from './suspects.ts'
import { twins } from './twins.ts'
import { zhang } from './zhang.ts'
import { wgd } from './wgd.ts'

/** Every experiment: figures, then worked examples, each in the paper's order. */
export const experiments: readonly Experiment<RunSpec>[] = [
  fig1,
  fig2,
  fig3,
  fig4,
  wgd,
  fig5,
  fig6,
  fig6Labels,
  fig7,
  fig8,
  fig9,
  fig11,
  fig16,
  fig19,
  evolution,
  gapVsM,
  zhang,
  fig26,
  fig27,
  calibration,
  bnImputation,
  labelNoise,
  suspects,
  twins,
  noiseScale,
  example1,
  example2,
  example3,
  example4,
  example5,
  example6,
  example7,
  example8,
  underParameterised,
  expressivity,
  minimumNorm,
]
