import { either as E } from 'fp-ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments } from '../experiments/index.ts'
import { planOf, type Plan, type PlanRequest } from './plan-of.ts'

/** The plans that have been asked for in a folder of runs, in the experiments' order. */
export function plansIn(runs: string): readonly Plan[] {
  return experiments.flatMap(({ id }) => {
    const directory = join(runs, id)
    if (!existsSync(directory)) return []
    return readdirSync(directory)
      .toSorted()
      .flatMap((name) => {
        const request = readRequest(join(directory, name, 'plan.json'))
        const plan = request === undefined ? undefined : planOf(request)
        return plan !== undefined && E.isRight(plan) ? [plan.right] : []
      })
  })
}

function readRequest(file: string): PlanRequest | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { experiment, scale, engine, set, own } = JSON.parse(readFileSync(file, 'utf8')) as PlanRequest
    return { experiment, scale, engine, set, ...(own === undefined ? {} : { own }) }
  } catch {
    return undefined
  }
}
