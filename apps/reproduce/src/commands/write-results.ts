import type { Failure } from '@coherent-gradients/core'
import { writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { basename, join, resolve } from 'node:path'
import { shellWord } from '../cluster/shell-word.ts'
import type { Scale } from '../experiment.ts'
import { claimsCsv } from '../report/markdown/claims-csv.ts'
import { resultsMarkdown } from '../report/markdown/results-markdown.ts'
import type { Results, ResultSection } from '../report/markdown/results.ts'
import { runsCsv } from '../report/markdown/runs-csv.ts'
import { smallSvg } from '../report/markdown/small-svg.ts'
import { timeTaken } from '../report/markdown/time-taken.ts'
import { provenanceOf } from '../report/provenance.ts'
import { layersFirst } from '../report/layers-first.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { USUAL_ENGINE, type Plan } from './plan-of.ts'
import { plansIn } from './plans-in.ts'
import { readResult, type PlanResult } from './read-result.ts'
import { resultRun } from './result-run.ts'
import { runEnvironment, runOrigin } from './run-environment.ts'

export interface WriteResultsOptions {
  readonly runs: string
  readonly scale: Scale
  /** Where the document is written: `docs`. */
  readonly folder: string
}

export interface WrittenResults {
  readonly files: readonly string[]
  readonly sections: readonly ResultSection[]
}

/**
 * Writes the results document of all plans of a scale that have been run: `results.md`, `results.csv` with a line for each
 * claim, `results-runs.csv` with one for each run, and `figures/*.svg`. Nothing is written into the folder of runs, and
 * nothing is removed. Rules that a user brought are left out: they are not the paper's. The same runs give the same bytes.
 *
 * @returns `NothingRun` where nothing of that scale is done; no document is written then.
 */
export function writeResults({ runs, scale, folder }: WriteResultsOptions): TE.TaskEither<Failure, WrittenResults> {
  const plans = plansIn(runs).filter((plan) => plan.scale === scale && plan.own === undefined)
  return fn.pipe(
    plans,
    TE.traverseSeqArray((plan) =>
      fn.pipe(
        readResult(plan, runs),
        TE.chain((read) => (isThere(read) ? writeSection(read, runs, folder) : TE.right([]))),
      ),
    ),
    TE.map((written) => written.flat()),
    TE.filterOrElseW(
      (written) => written.length > 0,
      (): Failure => ({
        _tag: 'NothingRun',
        message: `nothing has been run at ${scale} scale in ${runs}: reproduce list shows what can be`,
      }),
    ),
    TE.chain((written) => {
      const sections = written.map(({ section }) => section)
      const flag = scale === 'desk' ? '' : ` --scale ${scale}`
      const results: Results = {
        scale,
        command: `npx -y pnpm@12 reproduce report --markdown ${shellWord(basename(resolve(folder)))}${flag}`,
        sections,
      }
      const documents: readonly (readonly [file: string, text: string])[] = [
        [join(folder, 'results.md'), resultsMarkdown(results)],
        [join(folder, 'results.csv'), claimsCsv(results)],
        [join(folder, 'results-runs.csv'), runsCsv(results)],
      ]
      return fn.pipe(
        documents,
        TE.traverseSeqArray(([file, text]) => writeFileAtomically(file, text)),
        TE.bimap(
          (failure): Failure => failure,
          () => ({
            files: [...documents.map(([file]) => file), ...written.flatMap(({ files }) => files)],
            sections,
          }),
        ),
      )
    }),
  )
}

function isThere({ results, figures }: PlanResult): boolean {
  return figures.length > 0 && results.some((run) => run?.done === true)
}

function writeSection(
  read: PlanResult,
  runs: string,
  folder: string,
): TE.TaskEither<Failure, readonly { readonly section: ResultSection; readonly files: readonly string[] }[]> {
  const drawings = layersFirst(read.figures).map((figure) => {
    const { svg, remark } = smallSvg(figure)
    const file = `figures/${fileName(read.plan, figure.id)}.svg`
    const caption = [figure.caption, ...(remark === undefined ? [] : [remark])].join(' ')
    return { svg, path: join(folder, file), drawing: { file, title: figure.title, caption } }
  })
  return fn.pipe(
    drawings,
    TE.traverseSeqArray(({ path, svg }) => writeFileAtomically(path, svg)),
    TE.bimap(
      (failure): Failure => failure,
      () => [
        {
          section: { ...sectionOf(read, runs), drawings: drawings.map(({ drawing }) => drawing) },
          files: drawings.map(({ path }) => path),
        },
      ],
    ),
  )
}

/** `fig-1-random-labels-layers` of the figure `fig-1-layers` with random labels. */
function fileName({ experiment, set, engine }: Plan, figure: string): string {
  const rest = figure.startsWith(experiment) ? figure.slice(experiment.length) : `-${figure}`
  const settings = [...set, ...(engine === USUAL_ENGINE ? [] : [engine])].map((each) => `-${each}`)
  return `${experiment}${settings.join('')}${rest}`.replaceAll(/[^\w.-]/g, '-')
}

function sectionOf({ plan, results, verdicts, tables }: PlanResult, runs: string): Omit<ResultSection, 'drawings'> {
  const { definition, scale, command, set, engine } = plan
  const done = results.filter((run): run is RunResult<RunSpec> => run?.done === true)
  const ended = done.map((run) => resultRun(runs, run))
  const took = timeTaken(ended.map(({ time }) => time))
  const machines = done.flatMap((run) => runEnvironment(runs, run.spec)?.machine ?? [])
  // Whether the source has changed since says nothing about the results, and would differ with the day.
  const { revisions, data } = provenanceOf({
    origins: done.map((run) => runOrigin(runs, run.spec)),
    changedSince: () => undefined,
  })
  const engineFlag = engine === USUAL_ENGINE ? [] : [`--engine ${engine}`]
  const flags = [...set.map((setting) => `--set ${setting}`), ...engineFlag].join(' ')
  return {
    experiment: plan.experiment,
    flags,
    figure: definition.figure,
    title: definition.title,
    claim: definition.claim,
    setting: { paper: definition.paper, here: definition.scales[scale]!.what },
    command,
    ...(definition.more === undefined ? {} : { more: definition.more }),
    planned: plan.specs.length,
    runs: ended.map(({ row }) => row),
    ...(took === undefined ? {} : { took }),
    machines: [...new Set(machines.map(({ cores, cpu }) => `${cores} × ${cpu}`))],
    revisions,
    ...(data === undefined ? {} : { data }),
    verdicts,
    tables,
  }
}
