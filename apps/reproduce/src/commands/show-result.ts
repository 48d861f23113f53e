import type { Failure } from '@coherent-gradients/core'
import { writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { figureToPng } from '../figure/figure-to-png.ts'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { Figure } from '../figure/figure.ts'
import { tableMarkdown } from '../text/table-markdown.ts'
import type { Plan } from './plan-of.ts'
import { readResult, type PlanResult } from './read-result.ts'

/** A plan's results, and where their figures are. */
export interface Shown extends Omit<PlanResult, 'figures'> {
  readonly figures: readonly ShownFigure[]
}

interface ShownFigure {
  readonly figure: Figure
  readonly svgFile: string
  readonly pngFile: string
}

/** Where a plan's request, figures and verdicts are: `<runs>/<experiment>/<plan>/`. */
export function planDirectory(runs: string, plan: Plan): string {
  return join(runs, plan.experiment, plan.name)
}

/**
 * Reads the runs of a plan, draws their figures as SVG and PNG and judges them; writes the figures, `verdicts.json`,
 * `plan.json` and, where the experiment has tables, `tables.md` into the plan's folder.
 */
export function showResult(plan: Plan, runs: string): TE.TaskEither<Failure, Shown> {
  const directory = planDirectory(runs, plan)
  return fn.pipe(
    readResult(plan, runs),
    TE.chain(({ figures, verdicts, tables, ...read }) =>
      fn.pipe(
        figures,
        TE.traverseSeqArray((figure) => writeFigure(directory, figure)),
        TE.chainFirst(() =>
          figures.length === 0 ? TE.right(undefined) : writeJson(join(directory, 'verdicts.json'), verdicts),
        ),
        TE.chainFirst(() =>
          tables.length === 0
            ? TE.right(undefined)
            : writeFileAtomically(join(directory, 'tables.md'), tables.map(tableMarkdown).join('\n')),
        ),
        TE.chainFirst(() => (figures.length === 0 ? TE.right(undefined) : writePlan(plan, runs))),
        TE.map((shown): Shown => ({ ...read, figures: shown, verdicts, tables })),
      ),
    ),
  )
}

/** Notes down what was asked for, in the plan's folder: by this `status` and `report` know of it. */
export function writePlan(plan: Plan, runs: string): TE.TaskEither<Failure, void> {
  const { experiment, scale, engine, set, own } = plan
  return writeJson(join(planDirectory(runs, plan), 'plan.json'), { experiment, scale, engine, set, own })
}

function writeFigure(directory: string, figure: Figure): TE.TaskEither<Failure, ShownFigure> {
  const svg = figureToSvg(figure)
  const svgFile = join(directory, `${figure.id}.svg`)
  const pngFile = join(directory, `${figure.id}.png`)
  return fn.pipe(
    writeFileAtomically(svgFile, svg),
    TE.chain(() => writeFileAtomically(pngFile, figureToPng(svg))),
    TE.bimap(
      (failure): Failure => failure,
      () => ({ figure, svgFile, pngFile }),
    ),
  )
}

function writeJson(file: string, value: unknown): TE.TaskEither<Failure, void> {
  return writeFileAtomically(file, `${JSON.stringify(value, null, 2)}\n`)
}
