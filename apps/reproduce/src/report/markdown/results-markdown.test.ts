import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../verdict.ts'
import { claimsCsv } from './claims-csv.ts'
import { resultsMarkdown } from './results-markdown.ts'
import type { Results, ResultSection } from './results.ts'
import { runsCsv } from './runs-csv.ts'
import { anchorOf } from './section-heading.ts'

const hostile = '| a [link](x) <script> `code` *b* _c_ \\ & ~d~\n# heading'

const reproduced: Verdict = {
  claim: 'Noise is orthogonal',
  measured: '1.1 (95% interval 0.9 to 1.3, 3 seeds)',
  expected: 'm·α below 3',
  outcome: 'reproduced',
  proxy: true,
  note: 'Seed 1: 1.0.',
  number: { value: 1.1, low: 0.9, high: 1.3, level: 0.95, over: '3 seeds' },
}

const differs: Verdict = {
  claim: 'Does it fit "noise"?',
  measured: '7',
  expected: 'below 3',
  outcome: 'differs',
  proxy: false,
  number: { value: 7 },
}

const section: ResultSection = {
  experiment: 'fig-1',
  flags: '',
  figure: 'Figure 1',
  title: 'Real against random',
  claim: 'Only real images agree.',
  setting: { paper: 'ResNet-50', here: '3 × 64' },
  command: 'npx -y pnpm@12 reproduce run fig-1 --scale desk',
  more: 'when-alpha-misleads.md',
  planned: 2,
  runs: [
    {
      id: 'ab12',
      arm: 'real',
      seed: 1,
      why: 'fitted',
      seconds: 12.3456,
      steps: 400,
      epochs: 8,
      trainLoss: 0.1,
      trainAccuracy: 1,
      testLoss: 0.5,
      testAccuracy: 0.81,
      peak: 12,
      last: 2,
    },
    { id: 'cd34', arm: 'a, "b"', seed: 2, why: 'computed' },
  ],
  took: { ms: 252_000, of: 'wall' },
  machines: ['2 × AMD EPYC'],
  revisions: ['a1b2c3d4e5'],
  data: '0123456789ab',
  drawings: [{ file: 'figures/fig-1.svg', title: 'Real against random', caption: 'A small network.' }],
  verdicts: [reproduced, differs],
  tables: [{ title: 'Ends', header: ['arm', 'accuracy'], rows: [['real', '100%']] }],
}

const results: Results = {
  scale: 'desk',
  command: 'npx -y pnpm@12 reproduce report --markdown docs',
  sections: [
    section,
    {
      ...section,
      flags: '--set random=labels',
      planned: 3,
      took: { ms: 40_000, of: 'runs' },
      verdicts: [{ ...reproduced, setting: { paper: 'one example', here: 'the same' } }],
      tables: [],
    },
  ],
}

describe('the results document', () => {
  it('has an overview, then each experiment with what was run, its figures, claims and notes', async () => {
    await expect(resultsMarkdown(results)).toMatchFileSnapshot('./__snapshots__/results.md')
  })

  it('leads from the overview to every experiment', () => {
    const text = resultsMarkdown(results)
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => anchorOf(heading!))
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor!)
    expect(links).toEqual(['fig-1', 'fig-1-randomlabels'])
    expect(headings).toEqual(links)
  })

  it('shows every name as it is, whatever signs it holds', () => {
    const text = resultsMarkdown({
      ...results,
      sections: [
        {
          ...section,
          title: hostile,
          claim: hostile,
          setting: { paper: hostile, here: hostile },
          machines: [hostile],
          drawings: [{ file: 'figures/fig-1.svg', title: hostile, caption: hostile }],
          verdicts: [{ ...differs, claim: hostile, measured: hostile, expected: hostile, note: hostile }],
          tables: [{ title: hostile, header: [hostile], rows: [[hostile]] }],
        },
      ],
    })
    expect(text).not.toMatch(/<script|^# heading|[^\\]\[link/m)
    const verdictLine = text.split('\n').find((line) => line.startsWith('| **differs**'))!
    expect(verdictLine.match(/(?<!\\)\|/g)).toHaveLength(5)
  })

  it('says where no explanation stands beside a claim that came out differently', () => {
    expect(resultsMarkdown(results)).toContain('- *Does it fit "noise"?* No explanation stands beside it.')
  })

  it('stands where nothing was run', () => {
    expect(resultsMarkdown({ ...results, sections: [] })).toContain('| all |  |  |  |  |  |  |')
  })
})

describe('the tables of claims and of runs', () => {
  it('have a line for each, with the number as it is', () => {
    expect(claimsCsv(results)).toMatchInlineSnapshot(`
      "experiment,setting,scale,claim_id,claim,outcome,proxy,measured,low,high,level,over,expected,in_words,revision,data
      fig-1,,desk,fig-1/1,Noise is orthogonal,reproduced,true,1.1,0.9,1.3,0.95,3 seeds,m·α below 3,"1.1 (95% interval 0.9 to 1.3, 3 seeds)",a1b2c3d4e5,0123456789ab
      fig-1,,desk,fig-1/2,"Does it fit ""noise""?",differs,false,7,,,,,below 3,7,a1b2c3d4e5,0123456789ab
      fig-1,--set random=labels,desk,fig-1/1,Noise is orthogonal,reproduced,true,1.1,0.9,1.3,0.95,3 seeds,m·α below 3,"1.1 (95% interval 0.9 to 1.3, 3 seeds)",a1b2c3d4e5,0123456789ab
      "
    `)
    expect(runsCsv({ ...results, sections: [section] })).toMatchInlineSnapshot(`
      "experiment,setting,scale,run,arm,seed,ended,seconds,steps,epochs,train_loss,train_accuracy,pristine_accuracy,corrupt_accuracy,test_loss,test_accuracy,peak_m_alpha,last_m_alpha
      fig-1,,desk,ab12,real,1,fitted,12.3,400,8,0.1,1,,,0.5,0.81,12,2
      fig-1,,desk,cd34,"a, ""b""",2,computed,,,,,,,,,,,
      "
    `)
  })
})
