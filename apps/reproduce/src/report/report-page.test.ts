import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Figure } from '../figure/figure.ts'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import { reportHtml } from './report-html.ts'
import type { Report, ReportExperiment } from './report.ts'

const demanded = process.env['COHERENT_GRADIENTS_BROWSER']
const debian = '/usr/bin/chromium'

const long = 'averyveryverylongwordthatnothingbreaks'.repeat(3)
const hostile = `<script>alert(1)</script><img src=x onerror="alert(1)">' onload='y ${long}`

const drawn = (id: string): string => {
  const panel = {
    title: 'Coherence',
    x: { label: 'epoch' },
    y: { label: 'm·α' },
    series: [{ name: hostile, mark: 'line' as const, points: [[0, 1] as const, [1, 4] as const] }],
    rules: [{ y: 1, label: 'orthogonal limit' }],
  }
  const figure: Figure = { id, title: id, caption: 'Four panels.', rows: [[panel, panel, panel, panel]] }
  return figureToSvg(figure, { heading: false })
}

const experiment = (id: string): ReportExperiment => ({
  id,
  title: `Real against random ${hostile}`,
  figure: 'Figure 1',
  claim: 'Only real images agree.',
  setting: { paper: `ResNet-50 on ImageNet ${long}`, here: 'a small network' },
  provenance: { state: 'stale', reasons: [hostile], revisions: ['a1b2c3d4e5'], data: '0123456789ab' },
  drawings: [
    { title: 'Coherence layer by layer', caption: 'Four panels.', svg: drawn(id) },
    { title: hostile, caption: hostile, svg: drawn(id) },
  ],
  verdicts: (['reproduced', 'differs', 'inconclusive', 'not run'] as const).map((outcome) => ({
    claim: `noise is orthogonal ${hostile}`,
    measured: '1.1 (95% interval 1.0 to 1.2, 3 seeds)',
    expected: 'below 3',
    outcome,
    proxy: true,
    note: hostile,
  })),
  runs: [{ arm: hostile, seed: 1, id: 'ab12', spec: { [hostile]: hostile }, tables: ['runs/fig-1/ab12/steps.arrows'] }],
  command: `npx -y pnpm@12 reproduce run fig-1 --scale desk --set one=${long}`,
  environment: [{ name: 'Node', value: long }],
})

const report: Report = {
  title: 'Results',
  generated: [{ name: 'Made by', value: 'a test' }],
  experiments: [experiment('one'), experiment('two')],
}

describe('the page to look at', () => {
  it('has every figure and claim', () => {
    const page = reportHtml(report)
    expect(page.match(/<svg /g)).toHaveLength(4)
    expect(page.match(/class="claim-card"/g)).toHaveLength(8)
  })
})

// Where there is no browser this is nothing: COHERENT_GRADIENTS_BROWSER demands one.
const browsers = demanded ? [demanded] : [debian].filter((path) => existsSync(path))

describe.each(browsers)('the report in %s', (executablePath) => {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
    })
  }, 120_000)
  afterAll(() => browser?.close())

  async function opened(width: number, look: (page: Page) => Promise<void>): Promise<readonly string[]> {
    const complaints: string[] = []
    const page = await browser!.newPage({ viewport: { width, height: 900 } })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => complaints.push('a dialog')))
    page.on('request', (request) => {
      if (request.url() !== 'about:blank') complaints.push(`asked for ${request.url()}`)
    })
    try {
      await page.setContent(reportHtml(report))
      await look(page)
    } finally {
      await page.close()
    }
    return complaints
  }

  describe.each([360, 1440])('%i pixels wide', (width) => {
    it.each(['light', 'dark'] as const)('shows all figures and claims in the page’s width, %s', async (colorScheme) => {
      const complaints = await opened(width, async (page) => {
        await page.emulateMedia({ colorScheme })
        await page.locator('details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')))
        const figures = await page.locator('figure svg').evaluateAll((all) =>
          all.map((svg) => {
            const { width: wide, height } = svg.getBoundingClientRect()
            return wide > 0 && height > 0
          }),
        )
        expect(figures).toEqual([true, true, true, true])
        expect(await page.locator('.claim-card').count()).toBe(8)
        expect(await page.locator('figure .provenance').count()).toBe(4)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        // Text on paper, told apart by lightness: WCAG's 4.5 to 1.
        expect(await page.locator('body').evaluate(contrast)).toBeGreaterThan(4.5)
        for (const badge of await page.locator('.badge').all()) {
          expect(await badge.evaluate(contrast), (await badge.textContent()) ?? '').toBeGreaterThan(4.5)
        }
      })
      expect(complaints).toEqual([])
    })
  })

  it('prints black on white, every figure within the sheet', async () => {
    const complaints = await opened(720, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
        'rgb(255, 255, 255)',
      )
      const widths = await page
        .locator('figure svg')
        .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().right))
      for (const right of widths) expect(right).toBeLessThanOrEqual(720)
    })
    expect(complaints).toEqual([])
  })
})

/** In the page: the contrast of an element's text with its background. */
function contrast(element: Element): number {
  const lightness = (colour: string): number => {
    const [r, g, b] = colour.match(/[\d.]+/g)!.map((part) => {
      const c = Number(part) / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const { color, backgroundColor } = getComputedStyle(element)
  const [low, high] = [lightness(color), lightness(backgroundColor)].toSorted((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
