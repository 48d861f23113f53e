import type { Setting, Verdict } from '../verdict.ts'
import { html, type Markup } from './html.ts'
import { outcomeBadge } from './outcome-badge.ts'

export interface Evidence {
  /** Links to the figures: their places in the page, and what they are called. */
  readonly figures: readonly { readonly id: string; readonly name: string }[]
  /** How many runs, of which seeds: `6 runs, seeds 1, 2, 3`. */
  readonly runs: string
  /** Where the runs are listed. */
  readonly runsId: string
}

/** Every claim with its setting beside ours, what came out, why, and where that is to be seen. */
export function claimCards(verdicts: readonly Verdict[], usual: Setting | undefined, evidence: Evidence): Markup {
  const { figures, runs, runsId } = evidence
  return html`<div class="claims">
    ${verdicts.map((verdict) => {
      const setting = verdict.setting ?? usual
      return html`<article class="claim-card">
        <p>${outcomeBadge(verdict)}</p>
        <h3>${verdict.claim}</h3>
        <dl>
          ${setting === undefined ? undefined : settingRows(setting)}
          <div>
            <dt>Expected</dt>
            <dd>${verdict.expected}</dd>
          </div>
          <div>
            <dt>Measured</dt>
            <dd>${verdict.measured}</dd>
          </div>
          ${verdict.note === undefined ? undefined : row('Why', verdict.note)}
          <div>
            <dt>Evidence</dt>
            <dd>
              ${figures.map(({ id, name }) => html`<a href="#${id}">${name}</a>, `)}<a href="#${runsId}">${runs}</a>
            </dd>
          </div>
        </dl>
      </article> `
    })}
  </div>`
}

const row = (name: string, text: string): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>${text}</dd>
  </div>`

const settingRows = ({ paper, here }: Setting): Markup =>
  html`<div class="setting">${row('The paper’s setting', paper)} ${row('Ours', here)}</div>`
