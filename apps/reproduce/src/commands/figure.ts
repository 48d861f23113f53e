import { either as E } from 'fp-ts'
import type { RunOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { printVerdicts } from '../console/print-verdicts.ts'
import { givenRule, isUsage } from '../own-rule/given-rule.ts'
import type { Console } from './console.ts'
import { nameEngine } from './name-engine.ts'
import { planOf } from './plan-of.ts'
import { showResult } from './show-result.ts'

/** Draws and judges an experiment again from what has been run, finished or not. */
export async function figureCommand(id: string, options: RunOptions, { out, err }: Console): Promise<number> {
  const engine = await nameEngine(options.engine)()
  if (E.isLeft(engine)) {
    printFailure(err, engine.left)
    return 1
  }
  const own = await givenRule(options)
  if (E.isLeft(own)) {
    printFailure(err, own.left)
    return isUsage(own.left) ? 2 : 1
  }
  const plan = planOf({ experiment: id, ...options, engine: engine.right, ...own.right })
  if (E.isLeft(plan)) {
    printFailure(err, plan.left)
    return 2
  }
  const shown = await showResult(plan.right, options.runs)()
  if (E.isLeft(shown)) {
    printFailure(err, shown.left)
    return 1
  }
  if (shown.right.figures.length === 0) {
    printFailure(err, {
      _tag: 'NothingRun',
      message: `nothing of ${id} has been run in ${options.runs}: ${plan.right.command} does`,
    })
    return 1
  }
  printVerdicts(out, shown.right.verdicts)
  for (const { svgFile, pngFile } of shown.right.figures) out.write(`${svgFile}\n${pngFile}\n`)
  return 0
}
