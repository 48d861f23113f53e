import { html, type Markup } from './html.ts'
import type { Provenance } from './provenance.ts'

const signs: Readonly<Record<Provenance['state'], string>> = { fresh: '●', stale: '○', unknown: '?' }
const says: Readonly<Record<Provenance['state'], string>> = {
  fresh: 'made by the source and specs as they are now',
  stale: 'would be made otherwise now',
  unknown: 'can’t be told',
}

/** A line below a figure: fresh or stale and why, the command, the revision and the data's hash. */
export function provenanceBadge({ state, reasons, revisions, data }: Provenance, command: string): Markup {
  const why = reasons.length === 0 ? says[state] : reasons.join('; ')
  return html`<div class="provenance">
    <p>
      <span class="badge ${state}"><span aria-hidden="true">${signs[state]}</span> ${state}</span> <span>${why}</span>
    </p>
    <p>
      <code>${command}</code>
      <span>revision ${revisions.length === 0 ? html`none` : html`<code>${revisions.join(', ')}</code>`}</span>
      <span>data ${data === undefined ? html`none` : html`<code>${data}</code>`}</span>
    </p>
  </div>`
}
