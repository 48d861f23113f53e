import { escapeMarkdown } from '../../text/escape-markdown.ts'
import { sentence } from '../../text/sentence.ts'
import { tableMarkdown } from '../../text/table-markdown.ts'
import type { Verdict } from '../../verdict.ts'
import type { ResultDrawing, ResultSection } from './results.ts'
import { sectionHeading } from './section-heading.ts'
import { timeWords } from './time-words.ts'

/** One experiment as Markdown: what was run, its figures, each claim with what came out, and why. */
export function sectionMarkdown(section: ResultSection): string {
  const { figure, title, claim, setting, more, drawings, verdicts, tables } = section
  return [
    `## ${escapeMarkdown(sectionHeading(section))}`,
    `**${escapeMarkdown(`${figure}. ${sentence(title)}`)}** ${escapeMarkdown(claim)}`,
    `\`${section.command}\``,
    madeWords(section),
    `| the paper’s setting | ours |\n|---|---|\n| ${escapeMarkdown(setting.paper)} | ${escapeMarkdown(setting.here)} |`,
    ...drawings.flatMap(drawingMarkdown),
    ...(verdicts.length === 0 ? [] : [verdictTable(verdicts)]),
    ...notesMarkdown('Where it came out differently:', verdicts.filter(differs), 'No explanation stands beside it.'),
    ...notesMarkdown(
      'Beside the other verdicts:',
      verdicts.filter((verdict) => !differs(verdict)),
    ),
    ...(tables.length === 0 ? [] : [folded('Tables', tables.map(tableMarkdown).join('\n').trimEnd())]),
    ...(more === undefined ? [] : [`More of it: [${escapeMarkdown(more)}](${more}).`]),
  ].join('\n\n')
}

const differs = ({ outcome }: Verdict): boolean => outcome === 'differs'

function madeWords({ planned, runs, took, machines, revisions, data }: ResultSection): string {
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`
  const parts = [
    runs.length < planned ? `**Unfinished:** ${runs.length} of ${planned} runs are done` : count,
    ...(took === undefined ? [] : [timeWords(took)]),
    ...(machines.length === 0 ? [] : [`on ${machines.map(escapeMarkdown).join(' and ')}`]),
  ]
  const origin = [
    ...(revisions.length === 0 ? [] : [`revision ${revisions.map((revision) => `\`${revision}\``).join(', ')}`]),
    ...(data === undefined ? [] : [`data \`${data}\``]),
  ]
  return `${[parts.join(', '), ...origin].join(' · ')}`
}

function drawingMarkdown({ file, title, caption }: ResultDrawing): readonly string[] {
  return [`![${escapeMarkdown(title)}](${file})`, escapeMarkdown(caption)].filter((part) => part !== '')
}

function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ outcome, proxy, claim, measured, expected }) => {
    const cells = [`**${outcome}**${proxy ? ', proxy' : ''}`, ...[claim, measured, expected].map(escapeMarkdown)]
    return `| ${cells.join(' | ')} |\n`
  })
  return `| outcome | claim | measured | expected |\n|---|---|---|---|\n${rows.join('')}`.trimEnd()
}

/** A list of what stands beside verdicts; `otherwise` beside those that nothing does. */
function notesMarkdown(title: string, verdicts: readonly Verdict[], otherwise?: string): readonly string[] {
  const lines = verdicts.flatMap(({ claim, note, setting }) => {
    const tried = setting === undefined ? [] : [`The paper: ${setting.paper}; here: ${setting.here}.`]
    const texts = [...tried, ...(note === undefined ? [] : [note])]
    const said = texts.length === 0 ? otherwise : texts.join(' ')
    return said === undefined ? [] : [`- *${escapeMarkdown(sentence(claim))}* ${escapeMarkdown(said)}`]
  })
  return lines.length === 0 ? [] : [title, lines.join('\n')]
}

const folded = (title: string, content: string): string =>
  `<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`
