import type { Failure } from '@coherent-gradients/core'
import { openEngine, type Engine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import type { RunOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { printVerdicts } from '../console/print-verdicts.ts'
import { experiments } from '../experiments/index.ts'
import { givenRule, isUsage } from '../own-rule/given-rule.ts'
import { keepRule } from '../own-rule/kept-rule.ts'
import { unfinished } from '../runner/unfinished.ts'
import type { Console } from './console.ts'
import { dryRun } from './dry-run.ts'
import { findRun, isRunId, type PlannedRun } from './find-run.ts'
import { makePlan } from './make-plan.ts'
import { nameEngine } from './name-engine.ts'
import { nextAfter } from './next-after.ts'
import { planOf, type Plan } from './plan-of.ts'
import { printResults } from './print-results.ts'
import { printSummary, type Ended } from './print-summary.ts'
import { showResult, type Shown } from './show-result.ts'
import { writeReport } from './write-report.ts'

/** What `run` alone can be told. */
export interface MakeOptions extends RunOptions {
  /** Every experiment that has the scale. */
  readonly all?: boolean
  /** Say what would be made and what it would cost. */
  readonly dryRun?: boolean
}

/**
 * Makes the runs of each experiment named, shows what came out, and ends with the path of the page. In place of an
 * experiment stands a run's id: that run alone is made then, and nothing drawn.
 */
export async function runCommand(words: readonly string[], options: MakeOptions, console: Console): Promise<number> {
  const engine = await nameEngine(options.engine)()
  if (E.isLeft(engine)) return fail(console, engine.left, 1)
  const own = await givenRule(options)
  if (E.isLeft(own)) return fail(console, own.left, isUsage(own.left) ? 2 : 1)
  const asked = { set: options.set, engine: engine.right, ...own.right }
  const ids = options.all === true ? inAll(options.scale) : words.filter((word) => !isRunId(word))
  const plans: Plan[] = []
  for (const id of ids) {
    const plan = planOf({ ...asked, experiment: id, scale: options.scale })
    if (E.isLeft(plan)) return fail(console, plan.left, 2)
    plans.push(plan.right)
  }
  const alone: PlannedRun[] = []
  for (const id of words.filter(isRunId)) {
    const run = findRun(id, options.runs, asked)
    if (E.isLeft(run)) return fail(console, run.left, 2)
    alone.push(run.right)
  }
  let opened: Engine | undefined
  const specs = [...plans.flatMap((plan) => plan.specs), ...alone.map(({ spec }) => spec)]
  const onEngine = specs.find((spec) => spec.engine !== undefined && unfinished([spec], options.runs) > 0)
  if (onEngine !== undefined) {
    // Each run opens it for itself. Where it doesn't open, that is known before anything is said or written.
    const attempt = await openEngine(onEngine.engine!)()
    if (E.isLeft(attempt)) return fail(console, attempt.left, 1)
    opened = attempt.right
    if (opened.inSoftware === true) console.out.write(`${opened.description}: for tests, very slow\n`)
  }
  if (options.dryRun === true) {
    const said = await dryRun([...plans, ...alone.map(only)], options, console)
    return E.isLeft(said) ? fail(console, said.left, 1) : 0
  }
  if (own.right.own !== undefined) {
    const kept = await keepRule(options.runs, own.right.own)()
    if (E.isLeft(kept)) return fail(console, kept.left, 1)
  }
  for (const { plan, spec } of alone) {
    const made = await makePlan(plan, opened, options, console, [spec])
    if (E.isLeft(made)) return fail(console, made.left, 1)
    console.out.write(`${plan.experiment} ${plan.name}, ${spec.arm} (seed ${spec.seed}): done\n`)
  }
  if (plans.length === 0) return 0
  const ended: Ended[] = []
  for (const plan of plans) {
    const began = console.clock()
    const shown = await makeAndShow(plan, opened, options, console)
    ended.push({ plan, shown, ms: console.clock() - began })
    if (E.isRight(shown)) continue
    printFailure(console.err, shown.left)
    // The others of all don't depend on it, and who started them all may have gone to bed.
    if (options.all !== true) return 1
  }
  if (options.all === true) printSummary(console.out, ended)
  else console.out.write(`\nWhat next:\n${nextAfter(plans, options.engine)}`)
  const page = await writeReport(options.runs)()
  if (E.isLeft(page)) return fail(console, page.left, 1)
  console.out.write(`\n${page.right}\n`)
  return ended.every(({ shown }) => E.isRight(shown)) ? 0 : 1
}

function inAll(scale: RunOptions['scale']): readonly string[] {
  return experiments.filter(({ scales }) => scales[scale] !== undefined).map(({ id }) => id)
}

function only({ plan, spec }: PlannedRun): Plan {
  return { ...plan, specs: [spec] }
}

async function makeAndShow(
  plan: Plan,
  opened: Engine | undefined,
  options: RunOptions,
  console: Console,
): Promise<E.Either<Failure, Shown>> {
  const hadBeenRun = unfinished(plan.specs, options.runs) === 0
  const made = await makePlan(plan, opened, options, console)
  if (E.isLeft(made)) return made
  const shown = await showResult(plan, options.runs)()
  if (E.isLeft(shown)) return shown
  if (hadBeenRun) {
    // An experiment can go by the runs of another: those of Figure 6 are Figure 5's.
    const folders = [...new Set(plan.specs.map((spec) => `${options.runs}/${spec.experiment}`))]
    console.out.write(
      `${plan.experiment} ${plan.name} has been run: here is what came out. Remove ${folders.join(' and ')} to run it anew.\n`,
    )
  }
  printResults(console.out, shown.right)
  printVerdicts(console.out, shown.right.verdicts)
  console.out.write(`\nfigures: ${shown.right.figures.map((figure) => figure.pngFile).join('  ')}\n`)
  return shown
}

function fail(console: Console, failure: Failure, code: number): number {
  printFailure(console.err, failure)
  return code
}
