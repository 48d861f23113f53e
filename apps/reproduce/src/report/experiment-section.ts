import { html, type Markup, trusted } from './html.ts'
import type { Drawing, Fact, ReportExperiment, ReportRun } from './report.ts'
import { verdictTable } from './verdict-table.ts'

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

const runItem = ({ arm, seed, id, spec, tables }: ReportRun): Markup =>
  html`<li>
    <p><strong>${arm}</strong>, seed ${seed} <code>${id}</code></p>
    <p class="links">${tables.map((path) => html`${fileLink(path)} `)}</p>
    <details>
      <summary>spec</summary>
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

const figureOf = ({ svg, caption }: Drawing, label: string, name: string): Markup =>
  html`<figure>
    <div class="drawing" tabindex="0" role="region" aria-label="${label}, drawing">${inline(svg, name)}</div>
    <figcaption>${caption}</figcaption>
  </figure>`

/**
 * One experiment: its figures, what was measured beside what the paper claims, and how to get it again.
 *
 * @param index its place in the page, which tells its drawings' names from others'.
 */
export function experimentSection(experiment: ReportExperiment, index: number): Markup {
  const { id, title, figure, claim, svg, caption, further = [], verdicts, runs, command, environment } = experiment
  const drawings = [...(svg === undefined ? [] : [{ svg, caption }]), ...further]
  const drawing =
    drawings.length === 0
      ? html`<p class="empty">Nothing has been run yet. The command below makes this figure.</p>`
      : html`${drawings.map((each, i) => figureOf(each, figure, `drawing-${index + 1}-${i + 1}`))}`
  const list =
    runs.length === 0
      ? undefined
      : html`<details class="runs">
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
    ${drawing} ${verdicts.length === 0 ? undefined : verdictTable(verdicts.map((verdict) => ({ verdict })))}
    <p class="command-label">Made by</p>
    <pre class="command">${command}</pre>
    ${list}${facts}
  </section> `
}
