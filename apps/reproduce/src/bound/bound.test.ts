import { fixedRateCorollary, generalizationBound, layerwiseBound } from '@coherent-gradients/bound'
import { createRunLog, readRows } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import { Field, Float64, Int64, Schema, Table, tableToIPC, vectorFromArray } from 'apache-arrow'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'
import { formatLog } from './format-log.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'bound-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const given = ['--lipschitz', '2', '--smoothness', '0.5', '--examples', '100']

const bound = (...argv: string[]): ReturnType<typeof reproduce> => reproduce('bound', ...argv)

async function json(...argv: string[]): Promise<Record<string, any>> {
  const { code, out, err } = await bound(...argv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Record<string, any>
}

let made = 0
async function file(ending: string, contents: string | Uint8Array): Promise<string> {
  const path = join(scratch, `${(made += 1)}${ending}`)
  await writeFile(path, contents)
  return path
}

const csv = 'step,learningRate,alpha\n1,0.1,0.5\n2,0.1,\n3,0.2,0.25\n'
const constants = { lipschitz: 2, smoothness: 0.5, examples: 100 }
const steps = (second: number): { learningRate: number; alpha: number }[] => [
  { learningRate: 0.1, alpha: 0.5 },
  { learningRate: 0.1, alpha: second },
  { learningRate: 0.2, alpha: 0.25 },
]

function arrow(ending: 'file' | 'stream', change: Record<string, unknown> = {}): Uint8Array {
  const columns: Record<string, unknown> = {
    alpha: vectorFromArray([0.5, null, 0.25], new Float64()),
    learning_rate: vectorFromArray([0.1, 0.1, 0.2], new Float64()),
    step: vectorFromArray([1n, 2n, 3n], new Int64()),
    ...change,
  }
  return tableToIPC(new Table(columns as never), ending)
}

describe('reproduce bound', () => {
  it('takes α = 0 between probes for a bound, or holds the last for an estimate', async () => {
    const path = await file('.csv', csv)
    const zero = await json(path, ...given)
    expect(zero.logBound).toBeAllClose(generalizationBound(steps(0), constants).logBound, { rtol: 1e-14 })
    expect(zero).toMatchObject({ steps: 3, probes: 2, filled: 1, between: 'zero', alphaIs: 'plug-in' })
    expect(zero.labels.map((label: { kind: string }) => label.kind)).toEqual(['under-estimate'])
    const hold = await json(path, ...given, '--between', 'hold', '--alpha', 'distribution')
    expect(hold.logBound).toBeAllClose(generalizationBound(steps(0.5), constants).logBound, { rtol: 1e-14 })
    expect(hold.labels.map((label: { kind: string }) => label.kind)).toEqual(['estimate'])
    const proven = await json(path, ...given, '--alpha', 'distribution')
    expect(proven).toMatchObject({ labels: [], standing: 'bound', logBound: zero.logBound })
  })

  it('reads Arrow files and streams alike', async () => {
    const [fromCsv, ...others] = await Promise.all([
      json(await file('.csv', csv), ...given),
      json(await file('.arrow', arrow('file')), ...given),
      json(await file('.arrows', arrow('stream')), ...given),
    ])
    for (const other of others) expect({ ...other, source: '' }).toEqual({ ...fromCsv, source: '' })
  })

  it('prints a table, a reading and what must be known', async () => {
    const { code, out } = await bound(await file('.csv', csv), ...given)
    expect(code).toBe(0)
    const { logBound } = generalizationBound(steps(0), constants)
    expect(out).toMatch(new RegExp(`^Theorem 1 +${formatLog(logBound)} +\\S+ +under-estimate$`, 'm'))
    expect(out).toContain('Hardt et al., convex')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('as far as what was put in can be trusted: this is no proven bound')
    expect(out).toMatch(/^1 of 3 steps has no α of its own and takes 0/m)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('a learning rate is above the one before it')
    const large = await bound(await file('.csv', csv), '--lipschitz', '2', '--smoothness', '1e9', '--examples', '100')
    expect(large.out.replaceAll(/\s+/g, ' ')).toContain('is above 1, the most that a loss in [0, 1] can differ by')
  })

  it('writes JSON, a table and a figure', async () => {
    const out = join(scratch, 'new', 'out')
    const path = await file('.csv', csv)
    const { code, out: said } = await bound(path, ...given, '--out', out)
    expect(code).toBe(0)
    for (const name of ['bound.json', 'bound.svg', 'bound.png', 'bound.arrows']) {
      expect(said).toContain(join(out, name))
      expect(existsSync(join(out, name))).toBe(true)
    }
    const written = await readRows(out, 'bound')()
    if (written._tag === 'Left') throw new Error(written.left.message)
    const { rows, ended } = written.right
    expect(ended).toBe(true)
    const ones = { lipschitz: 1, smoothness: 0.5, examples: 1 }
    expect(rows.map(({ step, learningRate, alpha, measured }) => [step, learningRate, alpha, measured])).toEqual([
      [1, 0.1, 0.5, true],
      [2, 0.1, 0, false],
      [3, 0.2, 0.25, true],
    ])
    for (const t of [1, 2, 3]) {
      const sofar = generalizationBound(steps(0).slice(0, t), ones).logBound
      expect(rows[t - 1]!.logBound).toBeAllClose(sofar, { rtol: 1e-14 })
    }
    expect(rows.map((row) => row.logContribution)).toBeAllClose(generalizationBound(steps(0), ones).logContributions, {
      rtol: 1e-14,
    })
    const svg = await readFile(join(out, 'bound.svg'), 'utf8')
    expect(svg).toContain('Theorem 1: a bound on the generalization gap')
    expect(svg).toContain('after each step (under-estimate)')
    expect(svg).toContain('Hardt et al., non-convex (conditions not met)')
    expect(svg).toContain('α before a step, where measured')
    await bound(path, ...given, '--between', 'hold', '--out', out)
    expect(await readFile(join(out, 'bound.svg'), 'utf8')).toContain('α, held until the next')
    expect(JSON.parse(await readFile(join(out, 'bound.json'), 'utf8'))).toMatchObject({ steps: 3 })
  })

  it('takes a bound of 0, one step, and a fixed rate', async () => {
    const flat = await json(
      await file('.csv', 'step,lr,alpha\n0,0.5,1\n1,0.5,1\n'),
      ...given,
      '--out',
      join(scratch, 'z'),
    )
    expect(flat).toMatchObject({ logBound: null, bound: 0, reading: expect.stringContaining('The bound is 0') })
    const one = await json(await file('.csv', 'step,lr,alpha\n1,0.5,0\n'), ...given, '--out', join(scratch, 'o'))
    expect(one.logFixedRateLooser).toBeAllClose(fixedRateCorollary([0], 0.5, constants).logLooser, { rtol: 1e-12 })
    expect(one.reading).toMatch(/Half of it comes from the first step of 1 \(100%\)/)
  })

  it('takes a run: α after step t goes with the learning rate of step t + 1, and m is the run’s', async () => {
    const folder = join(scratch, 'run')
    const log = await createRunLog(folder, ['steps', 'coherence', 'evaluations'])()
    if (log._tag === 'Left') throw new Error(log.left.message)
    const clock = { epoch: 0, elapsedMs: 0 }
    for (const step of [1, 2, 3]) {
      log.right.append('steps', { step, loss: 1, accuracy: 0, learningRate: step === 3 ? 0.2 : 0.1, ...clock })
    }
    const about = { split: 'train', population: 'all', loss: 1 }
    log.right.append('evaluations', { step: 0, ...clock, ...about, examples: 100, accuracy: 0 })
    for (const [step, scope, alpha] of [
      [0, 'all', 0.5],
      [0, 'layer:below', 0.9],
      [0, 'layer:above', 0.1],
      [2, 'all', 0.25],
      [3, 'all', 0.7],
    ] as const) {
      log.right.append('coherence', {
        step,
        ...clock,
        ...about,
        scope,
        m: 20,
        alpha,
        alphaDebiased: (20 * alpha - 1) / 19,
        mAlpha: 20 * alpha,
        standardError: null,
        meanSquaredNorm: 1,
        squaredNormOfMean: alpha,
        imputed: false,
      })
    }
    await log.right.close()
    const found = await json(folder, '--lipschitz', '2', '--smoothness', '0.5')
    expect(found.logBound).toBeAllClose(generalizationBound(steps(0), constants).logBound, { rtol: 1e-14 })
    const debiased = await json(folder, '--lipschitz', '2', '--smoothness', '0.5', '--alpha', 'debiased')
    expect(debiased.logBound).toBeGreaterThan(found.logBound)
    // Both layers have half of the squared norm, and are held from the first step on.
    const layers = [
      { share: 0.5, alpha: 0.9 },
      { share: 0.5, alpha: 0.1 },
    ]
    const rates = steps(0).map(({ learningRate }) => ({ learningRate, layers }))
    const { apart, logParts } = layerwiseBound(rates, constants)
    expect(found.layers).toMatchObject({ standing: 'estimate', parts: [{ layer: 'below' }, { layer: 'above' }] })
    expect(found.layers.logBound).toBeAllClose(apart.logBound, { rtol: 1e-14 })
    expect(found.layers.parts.map((part: { logPart: number }) => part.logPart)).toBeAllClose(logParts, { rtol: 1e-14 })
    const { out } = await bound(folder, '--lipschitz', '2', '--smoothness', '0.5')
    expect(out).toMatch(/^by layer \(ours; held between probes: an estimate\)/m)
    expect(out).toMatch(/^below +\S+ +25$/m)
    expect(out).toMatch(/^above +\S+ +75$/m)
    expect(debiased.labels.map((label: { kind: string }) => label.kind)).toEqual(['estimate'])
    expect(await bound(folder, '--lipschitz', 'estimate', '--smoothness', '1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^error: .*estimate takes the folder of a training run[^\n]*\n$/),
    })
  })

  it('answers wrong input with one line and 1', async () => {
    const cases: [string, RegExp][] = [
      [join(scratch, 'none.csv'), /there is no such file or folder/],
      [await file('.txt', csv), /required a \.csv file, an Arrow file/],
      [await file('.arrow', 'no Arrow'), /required an Arrow file or stream/],
      [await file('.arrow', arrow('file').subarray(0, 300)), /required an Arrow file or stream/],
      [
        await file('.arrow', arrow('file', { alpha: vectorFromArray(['a', 'b', 'c']) })),
        /column alpha: required numbers/,
      ],
      [
        await file('.arrow', arrow('file', { alpha: vectorFromArray([0.5, 1.2, 0], new Float64()) })),
        /row 1: required α ≤ 1, found 1\.2/,
      ],
      [
        await file('.arrow', arrow('file', { learning_rate: vectorFromArray([0.1, null, 0.2], new Float64()) })),
        /row 1: required a learning rate for every step/,
      ],
      [scratch, /is no run of a training/],
    ]
    for (const [path, message] of cases) {
      const { code, out, err } = await bound(path, ...given)
      expect([path, code, out]).toEqual([path, 1, ''])
      expect(err).toMatch(/^error: [^\n]+\n$/)
      expect(err).toMatch(message)
    }
    const path = await file('.csv', csv)
    expect((await bound(path, '--lipschitz', '1', '--smoothness', '1')).err).toMatch(/give --examples m/)
    expect((await bound(path, ...given, '--alpha', 'debiased')).err).toMatch(/needs --measured-on/)
  })

  it('refuses steps that are counted in something else than updates', async () => {
    const epochs = new Field('step', new Int64(), false, new Map([['unit', 'epochs']]))
    const table = new Table(new Schema([epochs, new Field('lr', new Float64()), new Field('alpha', new Float64())]), {
      step: vectorFromArray([1n], new Int64()),
      lr: vectorFromArray([0.1], new Float64()),
      alpha: vectorFromArray([0.1], new Float64()),
    } as never)
    const path = await file('.arrow', tableToIPC(table, 'file'))
    expect((await bound(path, ...given)).err).toMatch(/column step: required updates, found the unit epochs/)
  })

  it.each([
    [['x.csv', '--smoothness', '1'], /required option '--lipschitz/],
    [['x.csv', '--lipschitz', '-1', '--smoothness', '1'], /A finite number from 0 on is needed, or estimate/],
    [['x.csv', '--lipschitz', '', '--smoothness', '1'], /A finite number from 0 on is needed/],
    [['x.csv', '--lipschitz', '1', '--smoothness', '1', '--examples', '0.5'], /A whole number from 1 on/],
    [['x.csv', '--lipschitz', '1', '--smoothness', '1', '--between', 'mean'], /Allowed choices are zero, hold/],
    [['--lipschitz', '1', '--smoothness', '1'], /missing required argument 'series'/],
  ])('answers the command line %j with one error and 2', async (argv, message) => {
    const { code, err } = await bound(...argv)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })

  it('teaches with --help', async () => {
    const { code, out } = await bound('--help')
    expect(code).toBe(0)
    for (const word of ['--lipschitz', '--between', 'learningRate', 'before the step', 'Examples:']) {
      expect(out).toContain(word)
    }
  })
})

describe('formatLog', () => {
  it.each([
    [-Infinity, '0'],
    [0, '1'],
    [Math.log(0.0123), '0.0123'],
    [Math.log(2500), '2500'],
    [Math.log(45_000), '4.50e4'],
    [Math.log(1e-7), '1.00e−7'],
    [Math.log(9.999e5), '1.00e6'],
    [812 * Math.LN10, '10^812'],
    [1e6 * Math.LN10, '10^1,000,000'],
  ])('%d is %s', (log, text) => {
    expect(formatLog(log)).toBe(text)
  })
})
