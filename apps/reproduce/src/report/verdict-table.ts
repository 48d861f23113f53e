import type { Outcome, Verdict } from '../verdict.ts'
import { html, type Markup } from './html.ts'

/** An outcome's sign (colour alone would not do) and its name in a page's style sheet. */
const badges: Readonly<Record<Outcome, readonly [sign: string, style: string]>> = {
  reproduced: ['✓', 'reproduced'],
  differs: ['✗', 'differs'],
  inconclusive: ['?', 'inconclusive'],
  'not run': ['–', 'not-run'],
}

export interface VerdictRow {
  readonly verdict: Verdict
  /** Where the reader finds more, in the overview over several experiments. */
  readonly from?: { readonly id: string; readonly figure: string }
}

function outcomeBadge({ outcome, proxy }: Verdict): Markup {
  const [sign, style] = badges[outcome]
  const mark = proxy ? html` <span class="proxy">proxy</span>` : undefined
  return html`<span class="badge ${style}"><span aria-hidden="true">${sign}</span> ${outcome}</span>${mark}`
}

/** Verdicts as a table; on a narrow screen, by the style sheet, as cards. */
export function verdictTable(rows: readonly VerdictRow[]): Markup {
  const body = rows.map(({ verdict, from }) => {
    const note = verdict.note === undefined ? undefined : html`<p class="note">${verdict.note}</p>`
    const link = from === undefined ? undefined : html`<p class="from"><a href="#${from.id}">${from.figure}</a></p>`
    return html`<tr>
      <td>${outcomeBadge(verdict)}</td>
      <td data-label="claim">${verdict.claim}${link}</td>
      <td data-label="measured">${verdict.measured}${note}</td>
      <td data-label="expected">${verdict.expected}</td>
    </tr> `
  })
  return html`<table class="verdicts">
    <thead>
      <tr>
        <th scope="col">outcome</th>
        <th scope="col">the paper’s claim</th>
        <th scope="col">measured here</th>
        <th scope="col">expected</th>
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`
}
