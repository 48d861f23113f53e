import type { Outcome, Verdict } from '../verdict.ts'
import { html, type Markup } from './html.ts'

/** An outcome's sign (colour alone would not do) and its name in a page's style sheet. */
const badges: Readonly<Record<Outcome, readonly [sign: string, style: string]>> = {
  reproduced: ['✓', 'reproduced'],
  differs: ['✗', 'differs'],
  inconclusive: ['?', 'inconclusive'],
  'not run': ['–', 'not-run'],
}

/** What came out, in words with its sign, and whether something stands in for the paper's. */
export function outcomeBadge({ outcome, proxy }: Verdict): Markup {
  const [sign, style] = badges[outcome]
  const mark = proxy ? html` <span class="proxy">proxy</span>` : undefined
  return html`<span class="badge ${style}"><span aria-hidden="true">${sign}</span> ${outcome}</span>${mark}`
}
