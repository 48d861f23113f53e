import { escapeMarkup } from '../text/escape-markup.ts'

/** Text that is HTML already. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | undefined | readonly Markup[]

/** Takes text as HTML without looking at it; only for what this program drew itself. */
export const trusted = (markup: string): Markup => ({ markup })

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeMarkup(String(part))
  return 'markup' in part ? part.markup : part.map(render).join('')
}

/**
 * A template for HTML: everything filled in is escaped, unless it is HTML of this template itself.
 *
 * @example
 * html`<p>${'<script>'}</p>`.markup // '<p>&lt;script&gt;</p>'
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return trusted(texts.map((text, i) => (i === 0 ? text : render(parts[i - 1]) + text)).join(''))
}
