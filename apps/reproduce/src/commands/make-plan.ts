import type { Failure } from '@coherent-gradients/core'
import type { Engine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import type { RunOptions } from './command-options.ts'
import { progressPrinter } from '../console/progress-printer.ts'
import type { Progress } from '../console/progress.ts'
import { painter } from '../console/terminal.ts'
import { timeLeft } from '../console/time-left.ts'
import type { RunSpec } from '../run-spec.ts'
import { runPlan } from '../runner/run-plan.ts'
import { unfinished } from '../runner/unfinished.ts'
import type { Console } from './console.ts'
import type { Plan } from './plan-of.ts'
import { writePlan } from './show-result.ts'

/** The step at which the first line may compare: real and random are far apart by then. */
const FIRST_LOOK = 10

/**
 * Makes the runs of a plan that are not done, and shows how far they are.
 *
 * @param specs those of its runs that are wanted; all unless said.
 * @param opened the engine that was opened to see whether it opens, if any run needs one.
 */
export async function makePlan(
  plan: Plan,
  opened: Engine | undefined,
  options: RunOptions,
  console: Console,
  specs: readonly RunSpec[] = plan.specs,
): Promise<E.Either<Failure, void>> {
  const { out, clock } = console
  const paint = painter(out)
  const { definition, scale } = plan
  const { what, cost } = definition.scales[scale]!
  out.write(`${paint('bold', definition.title)}\n`)
  const left = unfinished(specs, options.runs)
  if (left === 0) return E.right(undefined)
  const takes = cost.includes('GPU') ? cost : `${cost} on two cores`
  const estimate = opened?.inSoftware === true || specs !== plan.specs ? '' : `; ${takes}`
  const engine = specs.some((spec) => spec.engine !== undefined) ? `, engine ${plan.engine}` : ''
  out.write(`${what}${estimate}. ${left} of ${specs.length} runs to make, ${options.jobs} at a time${engine}.\n`)
  const arms = [...new Set(plan.specs.map((spec) => spec.arm))]
  const overall = timeLeft(left, clock)
  const printer = progressPrinter(out, {
    isTerminal: out.isTTY === true,
    clock,
    compared: definition.compared ?? [],
    settledAt: FIRST_LOOK,
    ...(left > 1 ? { footer: () => overall.toString() } : {}),
  })
  const nameOf = (spec: RunSpec): string =>
    plan.specs.length > arms.length ? `${spec.arm} (seed ${spec.seed})` : spec.arm
  const began = new Map<RunSpec, number>()
  const latest = new Map<RunSpec, Omit<Progress, 'run'>>()
  let noted: Promise<E.Either<Failure, void>> | undefined
  const made = await runPlan({
    specs,
    runs: options.runs,
    ...(options.dataDir === undefined ? {} : { dataDirectory: options.dataDir }),
    ...(options.onBadImage === undefined ? {} : { onBadImage: options.onBadImage }),
    jobs: options.jobs,
    tell(spec, progress) {
      const run = nameOf(spec)
      if (progress.kind === 'elsewhere') printer.note(`${run}: another process is making it; it is waited for`)
      if (progress.kind === 'started') {
        // From here on `status` and `report` know of the plan, however it ends.
        noted ??= writePlan(plan, options.runs)()
        if (progress.from > 0) printer.note(`${run}: goes on from step ${progress.from}`)
        began.set(spec, progress.from)
        latest.set(spec, { step: progress.from, ...(progress.steps === undefined ? {} : { steps: progress.steps }) })
      }
      if (progress.kind === 'step') {
        const { kind: _, ...at } = progress
        const now = { ...latest.get(spec), ...at }
        latest.set(spec, now)
        if (now.steps !== undefined) overall.update(run, (began.get(spec) ?? 0) / now.steps, now.step / now.steps)
        printer.update({ run, ...now })
      }
      if (progress.kind === 'coherence' && progress.split === 'train' && progress.population === 'all') {
        const at = latest.get(spec)
        if (at) printer.update({ run, ...at, step: progress.step, mAlpha: progress.mAlpha })
      }
      if (progress.kind === 'died') {
        printer.finish(run, `${run}: its worker ${progress.how}; it goes on in another`)
      }
      if (progress.kind === 'finished') {
        const { step, why } = progress
        overall.finish(run)
        const several = left > 2 && out.isTTY !== true ? `; ${overall.toString()}` : ''
        printer.finish(run, why === 'computed' ? undefined : `${run}: ${endings[why]} at step ${step}${several}`)
      }
    },
  })
  printer.close()
  return E.isLeft(made) ? made : ((await noted) ?? made)
}

const endings = {
  fitted: 'every training example fitted',
  'steps made': 'stopped as planned',
  diverged: 'the loss is no longer finite',
}
