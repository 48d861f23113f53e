import type { Failure } from '@coherent-gradients/core'
import { writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { figureToPng } from '../figure/figure-to-png.ts'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { ResultTable } from '../experiment.ts'
import type { Figure } from '../figure/figure.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { loadResult } from '../runner/load-result.ts'
import type { Verdict } from '../verdict.ts'
import type { Plan } from './plan-of.ts'

/** A plan's results with what was drawn and judged from them. */
export interface Shown {
  readonly plan: Plan
  readonly results: readonly (RunResult<RunSpec> | undefined)[]
  readonly figures: readonly ShownFigure[]
  readonly verdicts: readonly Verdict[]
  /** The experiment's own tables, where it has any. */
  readonly tables: readonly ResultTable[]
}

export interface ShownFigure {
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
    plan.specs,
    TE.traverseArray((spec) => loadResult(runs, spec)),
    TE.chain((results) => {
      const verdicts = plan.definition.judge(results)
      const tables = plan.definition.tabulate?.(results) ?? []
      const figures = plan.definition.draw(results).filter((figure) => figure.rows.some((row) => row.length > 0))
      return fn.pipe(
        figures,
        TE.traverseSeqArray((figure) => writeFigure(directory, figure)),
        TE.chainFirst(() =>
          figures.length === 0 ? TE.right(undefined) : writeJson(join(directory, 'verdicts.json'), verdicts),
        ),
        TE.chainFirst(() =>
          tables.length === 0
            ? TE.right(undefined)
            : writeFileAtomically(join(directory, 'tables.md'), tables.map(toMarkdown).join('\n')),
        ),
        TE.chainFirst(() => (figures.length === 0 ? TE.right(undefined) : writePlan(plan, runs))),
        TE.map((shown): Shown => ({ plan, results, figures: shown, verdicts, tables })),
      )
    }),
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

function toMarkdown({ title, header, rows }: ResultTable): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return `${title}:\n\n${line(header)}${line(header.map((_, c) => (c === 0 ? '---' : '--:')))}${rows.map(line).join('')}`
}
