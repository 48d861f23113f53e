import type { Failure } from '@coherent-gradients/core'
import { tableFile, writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { relative, resolve } from 'node:path'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import { layersFirst } from '../report/layers-first.ts'
import { changedSince } from '../report/changed-since.ts'
import { provenanceOf, type RunOrigin } from '../report/provenance.ts'
import { program } from '../installed.ts'
import { reportHtml } from '../report/report-html.ts'
import type { Fact, ReportExperiment } from '../report/report.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { tablesOf } from '../runner/tables-of.ts'
import { plansIn } from './plans-in.ts'
import { runEnvironment, runOrigin } from './run-environment.ts'
import { showResult, type Shown } from './show-result.ts'

/** Writes `<runs>/report.html`, one self-contained page of every plan that has been asked for, and gives its path. */
export function writeReport(runs: string): TE.TaskEither<Failure, string> {
  const page = resolve(runs, 'report.html')
  const changed = changedSince()
  return fn.pipe(
    plansIn(runs),
    TE.traverseSeqArray((plan) => showResult(plan, runs)),
    TE.chainW((shown) => {
      const experiments = shown.map((each) => sectionOf(each, runs, changed))
      const html = reportHtml({
        title: 'Coherent gradients: what came out',
        generated: [{ name: 'Made by', value: `${program} report` }],
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

function sectionOf(
  { plan, results, figures, verdicts }: Shown,
  runs: string,
  changed: ReturnType<typeof changedSince>,
): ReportExperiment {
  const present = results.filter((result): result is RunResult<RunSpec> => result !== undefined)
  const { paper, scales, title, claim } = plan.definition
  const origins = results.map((run) => (run?.done === true ? runOrigin(runs, run.spec) : undefined))
  return {
    id: `${plan.experiment}-${plan.name.replaceAll(/[^\w-]/g, '-')}`,
    title,
    figure: `${plan.definition.figure} (${plan.name})`,
    claim,
    setting: { paper, here: scales[plan.scale]!.what },
    ...(present.length === 0 ? {} : { provenance: provenanceOf({ origins, changedSince: changed }) }),
    drawings: layersFirst(figures.map(({ figure }) => figure)).map((figure) => ({
      title: figure.title,
      caption: figure.caption,
      svg: figureToSvg(figure, { heading: false }),
    })),
    verdicts,
    runs: present.map((run) => ({
      arm: run.spec.arm,
      seed: run.spec.seed,
      id: run.id,
      spec: run.spec,
      tables: tablesOf(run.spec).map((table) => relative(runs, tableFile(run.directory, table))),
      madeBy: originFacts(runOrigin(runs, run.spec)),
    })),
    command: plan.command,
    environment: present[0] === undefined ? [] : environmentFacts(runs, present[0]),
  }
}

function originFacts({ revision, data }: RunOrigin): readonly Fact[] {
  return [
    { name: 'Source revision', value: revision ?? 'not from a checkout' },
    ...Object.entries(data).map(([part, { sha256 }]) => ({ name: `Data, ${part}`, value: `sha256 ${sha256}` })),
  ]
}

function environmentFacts(runs: string, run: RunResult<RunSpec>): readonly Fact[] {
  const environment = runEnvironment(runs, run.spec)
  if (environment === undefined) return []
  const { engine, versions, machine, revision } = environment
  return [
    { name: 'Engine', value: engine?.description ?? 'none: plain arithmetic' },
    ...Object.entries(versions).map(([name, value]) => ({ name, value })),
    { name: 'Machine', value: `${machine.platform} ${machine.arch}, ${machine.cores} × ${machine.cpu}` },
    { name: 'Source revision', value: revision ?? 'not from a checkout' },
  ]
}
