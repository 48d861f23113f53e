import { sentence } from '../text/sentence.ts'
import { claimCards } from './claim-cards.ts'
import { html, type Markup, trusted } from './html.ts'
import { provenanceBadge } from './provenance-badge.ts'
import type { Drawing, Fact, ReportExperiment, ReportRun } from './report.ts'

/** Facts as a list of names and values. */
export const factList = (facts: readonly Fact[]): Markup =>
  html`<dl class="facts">
    ${facts.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`

/**
 * A link to a file beside the page. Each part of the path is encoded, so that no name can become a scheme or a query.
 *
 * @throws RangeError when the path isn't relative.
 */
function fileLink(path: string): Markup {
  if (/^([a-z]:|[/\\])/i.test(path)) {
    throw new RangeError(`reportHtml: required a path relative to the page, found ${path}`)
  }
  const parts = path.split(/[/\\]/)
  return html`<a href="./${parts.map(encodeURIComponent).join('/')}">${parts.at(-1)!}</a>`
}

const runItem = ({ arm, seed, id, spec, tables, madeBy = [] }: ReportRun): Markup =>
  html`<li>
    <p><strong>${arm}</strong>, seed ${seed} <code>${id}</code></p>
    <p class="links">${tables.map((path) => html`${fileLink(path)} `)}</p>
    <details>
      <summary>spec and origin</summary>
      ${madeBy.length === 0 ? undefined : factList(madeBy)}
      <pre>${JSON.stringify(spec, undefined, 2) ?? ''}</pre>
    </details>
  </li> `

/**
 * A drawing as part of a page: without its namespace, which HTML doesn't need, so that the page names no address at
 * all, and with names that no other drawing of the page has.
 */
function inline(svg: string, name: string): Markup {
  return trusted(
    svg.replace(/ xmlns="[^"]*"/, '').replaceAll(/( id="| clip-path="url\(#)/g, (start) => `${start}${name}-`),
  )
}

const figureOf = ({ svg, title, caption }: Drawing, name: string, badge: Markup | undefined): Markup =>
  html`<figure id="${name}">
    <div class="drawing" tabindex="0" role="region" aria-label="${title}, drawing">${inline(svg, name)}</div>
    <figcaption><strong>${sentence(title)}</strong> ${caption}</figcaption>
    ${badge}
  </figure>`

function evidenceOf(
  { id, drawings, runs }: ReportExperiment,
  names: readonly string[],
): Parameters<typeof claimCards>[2] {
  const seeds = [...new Set(runs.map(({ seed }) => seed))]
  return {
    figures: drawings.map(({ title }, i) => ({ id: names[i]!, name: drawings.length === 1 ? 'the figure' : title })),
    runs: `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`,
    runsId: runs.length === 0 ? id : `${id}-runs`,
  }
}

/**
 * One experiment: its figures, what was measured beside what the paper claims, and how to get it again.
 *
 * @param index its place in the page, which tells its drawings' names from others'.
 */
export function experimentSection(experiment: ReportExperiment, index: number): Markup {
  const { id, title, figure, claim, setting, drawings } = experiment
  const { verdicts, runs, provenance, command, environment } = experiment
  const badge = provenance && provenanceBadge(provenance, command)
  const names = drawings.map((_, i) => `drawing-${index + 1}-${i + 1}`)
  const drawing =
    drawings.length === 0
      ? html`<p class="empty">Nothing has been run yet. The command below makes this figure.</p>`
      : html`${drawings.map((each, i) => figureOf(each, names[i]!, badge))}`
  const list =
    runs.length === 0
      ? undefined
      : html`<details class="runs" id="${id}-runs">
          <summary>${runs.length} ${runs.length === 1 ? 'run' : 'runs'}: tables and specs</summary>
          <ul>
            ${runs.map(runItem)}
          </ul>
        </details> `
  const facts =
    environment.length === 0
      ? undefined
      : html`<details>
          <summary>environment</summary>
          ${factList(environment)}
        </details> `
  return html`<section id="${id}">
    <p class="kicker">The paper’s ${figure}</p>
    <h2>${title}</h2>
    <p class="claim">${claim}</p>
    ${drawing} ${verdicts.length === 0 ? undefined : claimCards(verdicts, setting, evidenceOf(experiment, names))}
    <p class="command-label">Made by</p>
    <pre class="command">${command}</pre>
    ${list}${facts}
  </section> `
}
