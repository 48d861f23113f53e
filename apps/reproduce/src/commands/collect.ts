import { either as E } from 'fp-ts'
import type { RunOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { printVerdicts } from '../console/print-verdicts.ts'
import { table } from '../console/table.ts'
import { givenRule, isUsage } from '../own-rule/given-rule.ts'
import { runFiles } from '../runner/run-files.ts'
import { stateOfRun } from '../runner/state-of-run.ts'
import type { Console } from './console.ts'
import { nameEngine } from './name-engine.ts'
import { planOf } from './plan-of.ts'
import { printResults } from './print-results.ts'
import { showResult } from './show-result.ts'

/**
 * Says which runs of an experiment are there, draws and judges what is, and ends with 1 while any is not done: what was
 * made elsewhere, as `run` would have shown it.
 */
export async function collectCommand(id: string, options: RunOptions, { out, err }: Console): Promise<number> {
  const engine = await nameEngine(options.engine)()
  const own = await givenRule(options)
  if (E.isLeft(engine) || E.isLeft(own)) {
    const failure = E.isLeft(engine) ? engine.left : E.isLeft(own) ? own.left : undefined!
    printFailure(err, failure)
    return E.isLeft(own) && isUsage(own.left) ? 2 : 1
  }
  const plan = planOf({ experiment: id, ...options, engine: engine.right, ...own.right })
  if (E.isLeft(plan)) {
    printFailure(err, plan.left)
    return 2
  }
  const { specs } = plan.right
  const shown = await showResult(plan.right, options.runs)()
  if (E.isLeft(shown)) {
    printFailure(err, shown.left)
    return 1
  }
  const states = specs.map((spec) => ({ spec, state: stateOfRun(options.runs, spec) }))
  const left = states.filter(({ state }) => state !== 'done')
  if (left.length < specs.length) {
    printResults(out, shown.right)
    printVerdicts(out, shown.right.verdicts)
    out.write(`\nfigures: ${shown.right.figures.map((figure) => figure.pngFile).join('  ')}\n`)
  }
  out.write(`\n${specs.length - left.length} of ${specs.length} runs are done\n`)
  if (left.length === 0) return 0
  out.write(
    table(left, [
      { header: 'run', value: ({ spec }) => spec.arm },
      { header: 'seed', align: 'right', value: ({ spec }) => String(spec.seed) },
      { header: 'id', value: ({ spec }) => runFiles(options.runs, spec).id },
      { header: 'state', value: ({ state }) => state },
    ]),
  )
  const count = (state: string): number => left.filter((each) => each.state === state).length
  const parts = (['missing', 'torn', 'running'] as const).filter((state) => count(state) > 0)
  const message = `${parts.map((state) => `${count(state)} ${state}`).join(', ')} of ${specs.length} runs: submit again makes those that nobody is making, from where they stopped`
  printFailure(err, { _tag: 'NotAllDone', message })
  return 1
}
