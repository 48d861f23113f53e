import type { RunSpec } from '../../run-spec.ts'
import { easyAndHard } from './easy-and-hard.ts'
import { expressivity } from './expressivity.ts'
import { gradientSamples } from './gradient-samples.ts'
import { initialisations } from './initialisations.ts'
import { suspects } from './suspects.ts'
import { minimumNorm } from './minimum-norm.ts'
import { randomFits } from './random-fits.ts'
import type { Task } from './task.ts'
import { toyDescent } from './toy-descent.ts'
import { training } from './training.ts'
import { twins } from './twins.ts'

type TaskName = NonNullable<RunSpec['task']>
type SpecOf<Name extends TaskName> = Extract<RunSpec, { readonly task: Name }>

/** What runs can be, apart from training, by the name in their spec. */
const tasks: { readonly [Name in TaskName]: Task<SpecOf<Name>> } = {
  'easy-and-hard': easyAndHard,
  expressivity,
  'gradient-samples': gradientSamples,
  initialisations,
  'minimum-norm': minimumNorm,
  'random-fits': randomFits,
  suspects,
  'toy-descent': toyDescent,
  twins,
}

/** The task of a spec: training where it names none. */
export function taskOf(spec: RunSpec): Task {
  return (spec.task === undefined ? training : tasks[spec.task]) as Task
}
