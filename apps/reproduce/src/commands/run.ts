import type { Failure } from '@coherent-gradients/core'
import { openEngine, type Engine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import type { RunOptions } from '../command-line.ts'
import { printFailure } from '../console/print-failure.ts'
import { printVerdicts } from '../console/print-verdicts.ts'
import { progressPrinter } from '../console/progress-printer.ts'
import type { Progress } from '../console/progress.ts'
import { painter } from '../console/terminal.ts'
import { givenRule, isUsage } from '../own-rule/given-rule.ts'
import { keepRule } from '../own-rule/kept-rule.ts'
import type { RunSpec } from '../run-spec.ts'
import { runPlan } from '../runner/run-plan.ts'
import { unfinished } from '../runner/unfinished.ts'
import type { Console } from './console.ts'
import { nameEngine } from './name-engine.ts'
import { nextAfter } from './next-after.ts'
import { planOf, type Plan } from './plan-of.ts'
import { printResults } from './print-results.ts'
import { showResult, writePlan } from './show-result.ts'
import { writeReport } from './write-report.ts'

/** The step at which the first line may compare: real and random are far apart by then. */
const FIRST_LOOK = 10

/** Makes the runs of each experiment named, shows what came out, and ends with the path of the page. */
export async function runCommand(ids: readonly string[], options: RunOptions, console: Console): Promise<number> {
  const engine = await nameEngine(options.engine)()
  if (E.isLeft(engine)) return fail(console, engine.left, 1)
  const own = await givenRule(options)
  if (E.isLeft(own)) return fail(console, own.left, isUsage(own.left) ? 2 : 1)
  const plans: Plan[] = []
  for (const id of ids) {
    const plan = planOf({ experiment: id, ...options, engine: engine.right, ...own.right })
    if (E.isLeft(plan)) return fail(console, plan.left, 2)
    plans.push(plan.right)
  }
  let opened: Engine | undefined
  const onEngine = plans.flatMap(({ specs }) => specs.filter((spec) => spec.engine !== undefined))
  if (unfinished(onEngine, options.runs) > 0) {
    // Each run opens it for itself. Where it doesn't open, that is known before anything is said or written.
    const attempt = await openEngine(engine.right)()
    if (E.isLeft(attempt)) return fail(console, attempt.left, 1)
    opened = attempt.right
    if (opened.inSoftware === true) console.out.write(`${opened.description}: for tests, very slow\n`)
  }
  if (own.right.own !== undefined) {
    const kept = await keepRule(options.runs, own.right.own)()
    if (E.isLeft(kept)) return fail(console, kept.left, 1)
  }
  for (const plan of plans) {
    const hadBeenRun = unfinished(plan.specs, options.runs) === 0
    const made = await make(plan, opened, options, console)
    if (E.isLeft(made)) return fail(console, made.left, 1)
    const shown = await showResult(plan, options.runs)()
    if (E.isLeft(shown)) return fail(console, shown.left, 1)
    if (hadBeenRun) {
      const folder = `${options.runs}/${plan.experiment}`
      console.out.write(
        `${plan.experiment} ${plan.name} has been run: here is what came out. Remove ${folder} to run it anew.\n`,
      )
    }
    printResults(console.out, shown.right)
    printVerdicts(console.out, shown.right.verdicts)
    console.out.write(`\nfigures: ${shown.right.figures.map((figure) => figure.pngFile).join('  ')}\n`)
  }
  console.out.write(`\nWhat next:\n${nextAfter(plans, options.engine)}`)
  const page = await writeReport(options.runs)()
  if (E.isLeft(page)) return fail(console, page.left, 1)
  console.out.write(`\n${page.right}\n`)
  return 0
}

function fail(console: Console, failure: Failure, code: number): number {
  printFailure(console.err, failure)
  return code
}

async function make(
  plan: Plan,
  opened: Engine | undefined,
  options: RunOptions,
  console: Console,
): Promise<E.Either<Failure, void>> {
  const { out, clock } = console
  const paint = painter(out)
  const { definition, scale } = plan
  const { what, cost } = definition.scales[scale]!
  out.write(`${paint('bold', definition.title)}\n`)
  const left = unfinished(plan.specs, options.runs)
  if (left === 0) return E.right(undefined)
  const estimate = opened?.inSoftware === true ? '' : `; ${cost} on two cores`
  const engine = plan.specs.some((spec) => spec.engine !== undefined) ? `, engine ${plan.engine}` : ''
  out.write(`${what}${estimate}. ${left} of ${plan.specs.length} runs to make, ${options.jobs} at a time${engine}.\n`)
  const arms = [...new Set(plan.specs.map((spec) => spec.arm))]
  const printer = progressPrinter(out, {
    isTerminal: out.isTTY === true,
    clock,
    compared: definition.compared ?? [],
    settledAt: FIRST_LOOK,
  })
  const nameOf = (spec: RunSpec): string =>
    plan.specs.length > arms.length ? `${spec.arm} (seed ${spec.seed})` : spec.arm
  const latest = new Map<RunSpec, Omit<Progress, 'run'>>()
  let noted: Promise<E.Either<Failure, void>> | undefined
  const made = await runPlan({
    specs: plan.specs,
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
        latest.set(spec, { step: progress.from, ...(progress.steps === undefined ? {} : { steps: progress.steps }) })
      }
      if (progress.kind === 'step') {
        const { kind: _, ...at } = progress
        const now = { ...latest.get(spec), ...at }
        latest.set(spec, now)
        printer.update({ run, ...now })
      }
      if (progress.kind === 'coherence' && progress.split === 'train' && progress.population === 'all') {
        const at = latest.get(spec)
        if (at) printer.update({ run, ...at, step: progress.step, mAlpha: progress.mAlpha })
      }
      if (progress.kind === 'finished') {
        const { step, why } = progress
        printer.finish(run, why === 'computed' ? undefined : `${run}: ${endings[why]} at step ${step}`)
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
