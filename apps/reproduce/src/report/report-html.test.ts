import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { Verdict } from '../verdict.ts'
import type { Report, ReportExperiment } from './report.ts'
import { reportHtml } from './report-html.ts'

const hostile = `<script>alert("x")</script>' onload='y`

const verdict: Verdict = {
  claim: 'noise is orthogonal',
  measured: '1.1',
  expected: 'below 3',
  outcome: 'reproduced',
  proxy: true,
}

const experiment: ReportExperiment = {
  id: 'fig-1',
  title: 'Real images against noise',
  figure: 'Figure 1',
  claim: 'Only real images agree.',
  verdicts: [verdict, { ...verdict, outcome: 'not run', proxy: false }],
  runs: [{ arm: 'real', seed: 1, id: 'ab12', spec: { steps: 20 }, tables: ['runs/fig-1/ab12/steps.arrows'] }],
  command: 'npx -y pnpm@12 reproduce',
  environment: [{ name: 'Node', value: '22' }],
  drawings: [
    {
      title: 'Real against noise',
      caption: 'A small network.',
      svg: figureToSvg({
        id: 'fig-1',
        title: hostile,
        caption: hostile,
        rows: [
          [
            {
              title: hostile,
              x: { label: hostile },
              y: { label: hostile },
              series: [{ name: hostile, mark: 'line', points: [[0, 1]] }],
              rules: [{ y: 1, label: hostile }],
            },
          ],
        ],
      }),
    },
  ],
}

const report = (change: Partial<ReportExperiment> = {}): Report => ({
  title: 'Results',
  generated: [{ name: 'source', value: 'a1b2c3d' }],
  experiments: [{ ...experiment, ...change }],
})

describe('reportHtml', () => {
  it('names no other machine and holds no script', () => {
    const page = reportHtml(report())
    expect(page.match(/https?:|\/\/[a-z]|@import|url\((?!#)|<script|<link/i)).toBeNull()
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!)
    expect(addresses.filter((address) => !address.startsWith('#'))).toEqual(['./runs/fig-1/ab12/steps.arrows'])
  })

  it('says every verdict in words, first in the overview, then with its experiment', () => {
    const page = reportHtml(report())
    expect(page).toContain('2 claims of the paper: 1 reproduced, 1 not run.')
    expect(page.match(/<\/span> reproduced<\/span> <span class="proxy">proxy<\/span>/g)).toHaveLength(2)
    expect(page.match(/<\/span> not run<\/span><\/(td|p)>/g)).toHaveLength(2)
  })

  it('shows the command, the spec, the environment and links to the tables', () => {
    const page = reportHtml(report())
    expect(page).toContain('<pre class="command">npx -y pnpm@12 reproduce</pre>')
    expect(page).toContain('&quot;steps&quot;: 20')
    expect(page).toMatch(/<dt>Node<\/dt>\s*<dd>22<\/dd>/)
    expect(page).toContain('<a href="./runs/fig-1/ab12/steps.arrows">steps.arrows</a>')
  })

  it('escapes hostile text wherever it comes from', () => {
    const facts = [{ name: hostile, value: hostile }]
    const text = { id: hostile, title: hostile, figure: hostile, claim: hostile, command: hostile }
    const page = reportHtml({
      title: hostile,
      generated: facts,
      experiments: [
        {
          ...text,
          drawings: [{ ...experiment.drawings[0]!, title: hostile, caption: hostile }],
          environment: facts,
          verdicts: [{ ...verdict, claim: hostile, measured: hostile, expected: hostile, note: hostile }],
          runs: [
            { arm: hostile, seed: 1, id: hostile, spec: { [hostile]: hostile }, tables: [`javascript:${hostile}`] },
          ],
        },
      ],
    })
    const { document } = parseHTML(page)
    expect(document.querySelectorAll('script, [onload]').length).toBe(0)
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')!)
    expect(links.filter((link) => !/^#(<|drawing-1-1$)/.test(link)).map((link) => link.slice(0, 2))).toEqual(['./'])
    expect(page).toContain('&lt;script&gt;')
  })

  it('gives every drawing names of its own', () => {
    const svg = '<svg xmlns="x"><clipPath id="fig-1-panel-1"/><g clip-path="url(#fig-1-panel-1)"/></svg>'
    const one = {
      ...experiment,
      drawings: ['Whole', 'Layer by layer'].map((title) => ({ title, caption: 'A small network.', svg })),
    }
    const page = reportHtml({ ...report(), experiments: [one, { ...one, id: 'again' }] })
    const names = [...page.matchAll(/ id="(drawing-[^"]*)"/g)].map(([, name]) => name!)
    expect(new Set(names).size).toBe(names.length)
    const clips = names.filter((name) => name.endsWith('-fig-1-panel-1'))
    expect(clips).toHaveLength(4)
    expect([...page.matchAll(/url\(#([^)]*)\)/g)].map(([, name]) => name)).toEqual(clips)
    expect(page).toContain('<strong>Layer by layer.</strong>')
    expect(page).toContain('Layer by layer</a>')
  })

  it('puts beside each claim its setting, why it came out so, and where that is to be seen', () => {
    const usual = { paper: `ResNet-50 ${hostile}`, here: 'a small network' }
    const own = { paper: 'one example at a time', here: 'the same' }
    const verdicts = [
      { ...verdict, note: 'It was early.' },
      { ...verdict, setting: own },
    ]
    const { document } = parseHTML(reportHtml(report({ setting: usual, verdicts })))
    const cards = [...document.querySelectorAll('.claim-card')].map((card) => card.textContent.replaceAll(/\s+/g, ' '))
    expect(cards[0]).toMatch(/setting ResNet-50 <script>.* Ours a small network .* Why It was early. /)
    expect(cards[1]).toMatch(/setting one example at a time Ours the same Expected below 3 Measured 1.1 Evidence/)
    for (const link of document.querySelectorAll('.claim-card a')) {
      expect(document.querySelector(link.getAttribute('href')!)).not.toBeNull()
    }
    expect(cards[0]).toMatch(/Evidence the figure, 1 run, seed 1/)
  })

  it('says below every figure whether it is fresh, and what made it', () => {
    const provenance = { state: 'stale', reasons: [hostile], revisions: ['abc'], data: '012345' } as const
    const drawings = ['Layer by layer', 'Whole'].map((title) => ({ title, caption: '', svg: '<svg></svg>' }))
    const { document } = parseHTML(reportHtml(report({ provenance, drawings })))
    const badges = [...document.querySelectorAll('figure .provenance')].map((badge) => badge.textContent)
    expect(badges).toHaveLength(2)
    for (const text of badges) expect(text).toMatch(/stale[^]*<script>[^]*npx -y pnpm@12 reproduce[^]*abc[^]*012345/)
  })

  it('stands where nothing was run', () => {
    const page = reportHtml(report({ drawings: [], verdicts: [], runs: [], environment: [] }))
    expect(page).toContain('No verdict yet.')
    expect(page).toContain('Nothing has been run yet.')
  })

  it('refuses a table outside of the page’s reach', () => {
    const run = { ...experiment.runs[0]!, tables: ['/elsewhere/steps.arrows'] }
    expect(() => reportHtml(report({ runs: [run] }))).toThrow(/required a path relative to the page, found \/elsewhere/)
  })
})
