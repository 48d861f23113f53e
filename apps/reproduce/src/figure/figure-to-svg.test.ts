import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { Figure, Panel, Series } from './figure.ts'
import { figureToPng } from './figure-to-png.ts'
import { figureToSvg } from './figure-to-svg.ts'

const series: Series = {
  name: 'training',
  role: 'train',
  mark: 'line',
  points: [
    [0, 1],
    [1, 12],
    [2, NaN],
    [3, 0.7],
  ],
  band: [
    [0, 0.8, 1.2],
    [1, 10, 15],
  ],
}

const panel: Panel = {
  title: 'Coherence',
  x: { label: 'training loss', reverse: true },
  y: { label: 'm·α', scale: 'log' },
  series: [series, { ...series, name: 'test', role: 'test', mark: 'dots' }],
  rules: [{ y: 1, label: 'orthogonal limit = 1' }],
}

const figure = (rows: readonly (readonly Panel[])[]): Figure => ({
  id: 'fig-0',
  title: 'A small figure',
  caption: 'Made up.',
  rowLabels: rows.map((_, i) => `row ${i}`),
  rows,
})

/** The document that a drawing is, with its texts. */
function read(svg: string) {
  const { document } = parseHTML(svg)
  return { document, texts: [...document.querySelectorAll('text')].map((text) => text.textContent) }
}

describe('figureToSvg', () => {
  it('draws the same small figure as ever', async () => {
    await expect(figureToSvg(figure([[panel]]))).toMatchFileSnapshot('__snapshots__/small-figure.svg')
  })

  it('draws each seed beside the curve of them all, and makes room for it', () => {
    const seeds = [
      [
        [0, 2],
        [3, 90],
      ],
      [
        [0, 3],
        [3, 4],
      ],
    ] as const
    const strokes = (mark: Series['mark']): number => {
      const svg = figureToSvg(figure([[{ ...panel, series: [{ ...series, mark, seeds }] }]]))
      expect(read(svg).texts).toContain('100')
      return svg.match(mark === 'dots' ? /stroke-width="0.8"/g : /stroke-opacity="0.55"/g)?.length ?? 0
    }
    expect(strokes('line')).toBe(2)
    expect(strokes('dots')).toBe(2)
  })

  it('draws the same small heat map as ever', async () => {
    const heat: Panel = {
      title: 'Final loss',
      x: { label: 'first', domain: [0, 3] },
      y: { label: 'second', domain: [0, 2] },
      heat: { x: [0.5, 1.5, 2.5], y: [0.5, 1.5], values: [0, 0, 0.5, 1, NaN, 2], label: 'loss', domain: [0, 1] },
      series: [],
    }
    const svg = figureToSvg(figure([[heat]]))
    await expect(svg).toMatchFileSnapshot('__snapshots__/small-heat-map.svg')
    expect(svg.match(/<path d="M[^"]*" fill="#[0-9a-f]{6}"/g)).toHaveLength(3)
    expect(read(svg).texts).toContain('loss, 0 to 1')
  })

  it('does not depend on what was drawn before', () => {
    const clipped = figure([[{ ...panel, y: { ...panel.y, domain: [1, 5] } }]])
    expect(figureToSvg(clipped)).toContain('clip-path="url(#fig-0-panel-1)"')
    expect(figureToSvg(clipped)).toBe(figureToSvg(clipped))
  })

  it('shows every title, label and legend entry once, and axes only at the outside of a grid', () => {
    const { texts } = read(
      figureToSvg(
        figure([
          [panel, panel],
          [panel, panel],
        ]),
      ),
    )
    const count = (text: string) => texts.filter((other) => other === text).length
    expect(['A small figure', 'training', 'test', 'row 0', 'row 1'].map(count)).toEqual([1, 1, 1, 1, 1])
    expect([count('Coherence'), count('m·α'), count('training loss')]).toEqual([2, 2, 2])
    expect(count('orthogonal limit = 1')).toBe(4)
  })

  it('gives like axes one domain over the whole figure', () => {
    const small = {
      ...panel,
      title: 'small',
      series: [
        {
          ...series,
          points: [
            [0, 2],
            [1, 3],
          ] as const,
        },
      ],
    }
    const { texts } = read(figureToSvg(figure([[panel], [small]])))
    expect(texts.filter((text) => text === '10').length).toBe(2)
  })

  it('breaks a line at NaN', () => {
    const { document } = read(figureToSvg(figure([[panel]])))
    const path = [...document.querySelectorAll('path[stroke="#0072b2"], [stroke="#0072b2"] path')]
    expect(path.map((line) => line.getAttribute('d')!.match(/M/g)!.length)).toEqual([2])
  })

  it('keeps a figure of eight panels of thousands of steps small, and no coordinate finer than 0.01', () => {
    const points = Array.from({ length: 5000 }, (_, i) => [i, 2 + Math.sin(i * i)] as const)
    const noisy = {
      ...panel,
      x: { label: 'step' },
      series: [
        { ...series, points },
        { ...series, name: 'test', points },
      ],
    }
    const svg = figureToSvg(figure([0, 1].map(() => [noisy, noisy, noisy, noisy])))
    expect(svg.length).toBeLessThan(300_000)
    expect(svg.match(/\d\.\d{3}/)).toBeNull()
  })

  it('stands series without data and values that have no place on a logarithmic axis', () => {
    const points = [
      [0, 0],
      [1, -1],
      [2, Infinity],
    ] as const
    const empty = {
      ...panel,
      series: [
        { ...series, points, band: [[0, -1, NaN]] as const },
        { ...series, points: [] },
      ],
    }
    expect(figureToSvg(figure([[empty]]))).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('escapes what comes from data', () => {
    const name = `<script>&"'\u{0}`
    const svg = figureToSvg({
      ...figure([[{ ...panel, title: name, x: { label: name }, series: [{ ...series, name }] }]]),
      title: name,
      caption: name,
    })
    expect(svg).not.toContain('<script')
    expect(read(svg).texts.filter((text) => text === `<script>&"'\u{FFFD}`).length).toBe(4)
  })

  it('refuses a figure without panels', () => {
    expect(() => figureToSvg(figure([[]]))).toThrow(/required at least one panel, found none in figure fig-0/)
  })
})

describe('figureToPng', () => {
  it('makes a PNG of the width that was asked for, white at its corner and with text on it', () => {
    const svg = figureToSvg(figure([[panel]]))
    const png = figureToPng(svg, { width: 600 })
    const view = new DataView(png.buffer, png.byteOffset)
    const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.map(Number)
    expect([...png.subarray(1, 4)].map((code) => String.fromCodePoint(code)).join('')).toBe('PNG')
    expect(view.getUint32(16)).toBe(600)
    expect(Math.abs(view.getUint32(20) - (600 / width!) * height!)).toBeLessThanOrEqual(1)
    const withoutText = figureToPng(svg.replaceAll(/<text[^]*?<\/text>/g, ''), { width: 600 })
    expect(png.length).toBeGreaterThan(withoutText.length + 1000)
  })
})
