import type { Failure } from '@coherent-gradients/core'
import { tableFile, writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import { reportHtml } from '../report/report-html.ts'
import type { Fact, ReportExperiment } from '../report/report.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from '../runner/run-files.ts'
import { tablesOf } from '../runner/tables-of.ts'
import { plansIn } from './plans-in.ts'
import { showResult, type Shown } from './show-result.ts'

/** Writes `<runs>/report.html`, one self-contained page of every plan that has been asked for, and gives its path. */
export function writeReport(runs: string): TE.TaskEither<Failure, string> {
  const page = resolve(runs, 'report.html')
  return fn.pipe(
    plansIn(runs),
    TE.traverseSeqArray((plan) => showResult(plan, runs)),
    TE.chainW((shown) => {
      const experiments = shown.map((each) => sectionOf(each, runs))
      const html = reportHtml({
        title: 'Coherent gradients: what came out',
        generated: [{ name: 'Made by', value: 'npx -y pnpm@12 reproduce report' }],
        experiments,
      })
      return writeFileAtomically(page, html)
    }),
    TE.bimap(
      (failure): Failure => failure,
      () => page,
    ),
  )
}

function sectionOf({ plan, results, figures, verdicts }: Shown, runs: string): ReportExperiment {
  const present = results.filter((result): result is RunResult<RunSpec> => result !== undefined)
  return {
    id: `${plan.experiment}-${plan.name.replaceAll(/[^\w-]/g, '-')}`,
    title: plan.definition.title,
    figure: `${plan.definition.figure} (${plan.name})`,
    claim: plan.definition.claim,
    caption: figures[0]?.figure.caption ?? '',
    svg: figures[0] === undefined ? undefined : figureToSvg(figures[0].figure, { heading: false }),
    further: figures
      .slice(1)
      .map(({ figure }) => ({ caption: figure.caption, svg: figureToSvg(figure, { heading: false }) })),
    verdicts,
    runs: present.map((run) => ({
      arm: run.spec.arm,
      seed: run.spec.seed,
      id: run.id,
      spec: run.spec,
      tables: tablesOf(run.spec).map((table) => relative(runs, tableFile(run.directory, table))),
    })),
    command: plan.command,
    environment: present[0] === undefined ? [] : environmentFacts(runs, present[0]),
  }
}

function environmentFacts(runs: string, run: RunResult<RunSpec>): readonly Fact[] {
  const file = runFiles(runs, run.spec).environment
  if (!existsSync(file)) return []
  const { engine, versions, machine, revision } = JSON.parse(readFileSync(file, 'utf8')) as {
    engine: { description: string } | null
    versions: Record<string, string>
    machine: { platform: string; arch: string; cpu: string; cores: number }
    revision: string | null
  }
  return [
    { name: 'Engine', value: engine?.description ?? 'none: plain arithmetic' },
    ...Object.entries(versions).map(([name, value]) => ({ name, value })),
    { name: 'Machine', value: `${machine.platform} ${machine.arch}, ${machine.cores} × ${machine.cpu}` },
    { name: 'Source revision', value: revision ?? 'not from a checkout' },
  ]
}
