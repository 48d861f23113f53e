import { escapeMarkdown } from '../../text/escape-markdown.ts'
import type { Outcome } from '../../verdict.ts'
import type { Results, ResultSection } from './results.ts'
import { anchorOf, sectionHeading } from './section-heading.ts'
import { sectionMarkdown } from './section-markdown.ts'
import { timeWords } from './time-words.ts'

const outcomes: readonly Outcome[] = ['reproduced', 'differs', 'inconclusive', 'not run']

/** Results as one Markdown document: how every experiment came out, then each with its figures and verdicts. */
export function resultsMarkdown({ scale, command, sections }: Results): string {
  return `${[
    '# Results',
    `What came out of the experiments at ${scale} scale. All of this page is written from the runs by`,
    `\`${command}\``,
    'once `npx -y pnpm@12 reproduce run <experiment>` has made them, and is the same on every machine: two runs of a spec write ' +
      'the same tables. [experiments.md](experiments.md) says of each experiment what it trains and how to read its figures. ' +
      '[results.csv](results.csv) has a line for each claim, with its interval, and [results-runs.csv](results-runs.csv) one for each run.',
    '*Reproduced* means that the whole interval of what was measured satisfies the claim, *differs* that all of it contradicts ' +
      'the claim, *inconclusive* that it straddles the threshold, *not run* that there is nothing to judge. A *proxy* is a claim ' +
      'of which smaller data or another network stand in for the paper’s.',
    overview(sections),
    ...timesRead(sections),
    ...sections.map(sectionMarkdown),
  ].join('\n\n')}\n`
}

function overview(sections: readonly ResultSection[]): string {
  const verdicts = sections.flatMap((section) => section.verdicts)
  const rows = sections.map((section) => {
    const heading = sectionHeading(section)
    return row(
      `[${escapeMarkdown(heading)}](#${anchorOf(heading)})`,
      escapeMarkdown(section.figure),
      section.took === undefined ? '' : timeWords(section.took),
      ...outcomes.map((outcome) => counted(section.verdicts, outcome)),
    )
  })
  return [
    row('experiment', 'the paper’s', 'took', ...outcomes),
    row('---', '---', '--:', ...outcomes.map(() => '--:')),
    ...rows,
    row('all', '', '', ...outcomes.map((outcome) => counted(verdicts, outcome))),
  ].join('\n')
}

/** How the times are to be read, where there are any. */
function timesRead(sections: readonly ResultSection[]): readonly string[] {
  const timed = sections.filter(({ took }) => took !== undefined)
  if (timed.length === 0) return []
  const machines = [...new Set(timed.flatMap((section) => section.machines))].map(escapeMarkdown)
  const added = timed.some(({ took }) => took?.of === 'runs')
  return [
    `Times are those in which an experiment’s runs were being made${machines.length === 0 ? '' : `, on ${machines.join(' and ')}`}` +
      `${added ? '; *of runs* where the runs’ own times are added up, though two and more were made at once' : ''}.`,
  ]
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function counted(verdicts: ResultSection['verdicts'], outcome: Outcome): string {
  const count = verdicts.filter((verdict) => verdict.outcome === outcome).length
  return count === 0 ? '' : String(count)
}
