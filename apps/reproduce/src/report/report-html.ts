import type { Outcome } from '../verdict.ts'
import { experimentSection, factList } from './experiment-section.ts'
import { html, trusted } from './html.ts'
import type { Report } from './report.ts'
import { reportStyle } from './report-style.ts'
import { verdictTable } from './verdict-table.ts'

const outcomes: readonly Outcome[] = ['reproduced', 'differs', 'inconclusive', 'not run']

/**
 * Results as one self-contained page: every verdict first, then each experiment with its figure, the paper's claim
 * beside what was measured, the command, the tables and the specs. No script, no address of any other machine; legible
 * on a phone, in the dark and on paper.
 *
 * Text from data is escaped. The drawings are taken as `figureToSvg` made them.
 *
 * @throws RangeError when a table's path isn't relative to the page.
 */
export function reportHtml({ title, generated, experiments }: Report): string {
  const rows = experiments.flatMap(({ id, figure, verdicts }) =>
    verdicts.map((verdict) => ({ verdict, from: { id, figure } })),
  )
  const summary = outcomes
    .map((outcome) => [rows.filter(({ verdict }) => verdict.outcome === outcome).length, outcome] as const)
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`)
    .join(', ')
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${trusted(reportStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="summary">
            ${rows.length === 0 ? 'No verdict yet.' : `${rows.length} ${rows.length === 1 ? 'claim' : 'claims'} of the paper: ${summary}.`}
          </p>
          <nav aria-label="experiments">
            <ol>
              ${experiments.map((experiment) => html`<li><a href="#${experiment.id}">${experiment.figure}: ${experiment.title}</a></li>`)}
            </ol>
          </nav>
        </header>
        <main>
          <section class="overview" id="overview" aria-label="all verdicts">
            ${rows.length === 0 ? undefined : verdictTable(rows)}
            <details open>
              <summary>How to read this page</summary>
              <dl class="terms">
                <div>
                  <dt>m·α</dt>
                  <dd>
                    (coherence) is how many examples each example helps, itself included, when the network learns from m
                    of them. At 1, the orthogonal limit, an example helps nobody but itself; at m all of them pull the
                    same way.
                  </dd>
                </div>
                <div>
                  <dt>reproduced</dt>
                  <dd>
                    means that the whole interval of what was measured satisfies the claim; <strong>differs</strong>,
                    that all of it contradicts the claim; <strong>inconclusive</strong>, that it straddles the
                    threshold; <strong>not run</strong>, that there are no data.
                  </dd>
                </div>
                <div>
                  <dt>proxy</dt>
                  <dd>marks results for which smaller data or another network stand in for the paper’s.</dd>
                </div>
                <div>
                  <dt>fresh</dt>
                  <dd>
                    below a figure means that all of its runs were made by the source and specs as they were when this
                    page was; <strong>stale</strong>, that some would be made otherwise, or are missing.
                  </dd>
                </div>
              </dl>
            </details>
          </section>
          ${experiments.map(experimentSection)}
        </main>
        <footer>${factList(generated)}</footer>
      </body>
    </html> `
  return page.markup
}
