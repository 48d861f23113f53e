import type { Experiment } from '../experiment.ts'

/** The scales of what takes seconds as the paper has it: all the same. */
export function atAnyScale(what: string, cost: string = 'a second'): Experiment['scales'] {
  const description = { what, cost }
  return { smoke: description, desk: description, paper: description }
}
