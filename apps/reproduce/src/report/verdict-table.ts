import type { Verdict } from '../verdict.ts'
import { html, type Markup } from './html.ts'
import { outcomeBadge } from './outcome-badge.ts'

export interface VerdictRow {
  readonly verdict: Verdict
  /** Where the reader finds more, in the overview over several experiments. */
  readonly from?: { readonly id: string; readonly figure: string }
}

/** Verdicts as a table, without their notes; on a narrow screen, by the style sheet, as cards. */
export function verdictTable(rows: readonly VerdictRow[]): Markup {
  const body = rows.map(({ verdict, from }) => {
    const link = from === undefined ? undefined : html`<p class="from"><a href="#${from.id}">${from.figure}</a></p>`
    return html`<tr>
      <td>${outcomeBadge(verdict)}</td>
      <td data-label="claim">${verdict.claim}${link}</td>
      <td data-label="measured">${verdict.measured}</td>
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
