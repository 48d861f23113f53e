import type { Aggregator, GradientStack } from '@coherent-gradients/gradients'
import { runId } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../command-line.ts'
import { planOf, type Plan } from '../commands/plan-of.ts'
import type { Experiment } from '../experiment.ts'
import { fig4 } from '../experiments/fig-4.ts'
import { labelNoise } from '../experiments/label-noise.ts'
import type { AggregatorSpec, RunSpec, TrainingSpec } from '../run-spec.ts'
import { loadResult } from '../runner/load-result.ts'
import { runPlan } from '../runner/run-plan.ts'
import { captureConsole } from '../testing/capture-console.test-support.ts'
import { madeUpNoisyRun } from '../testing/made-up-noisy-run.test-support.ts'
import { checkedRule } from './checked-rule.ts'
import { keptRuleFile } from './kept-rule.ts'
import type { OwnRule } from './own-rule.ts'
import { readOwnRule } from './read-own-rule.ts'
import { ruleOfModule } from './rule-of-module.ts'
import { withOwnRule } from './with-own-rule.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'own-rule-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const example = new URL('../../examples/shrink.ts', import.meta.url)
const own: OwnRule = { given: './mine.ts', name: 'mine(2)', spec: { file: 'mine.ts', sha256: 'ab'.repeat(32) } }

function plan(experiment: string, rule: OwnRule = own): Plan {
  const planned = planOf({ experiment, scale: 'smoke', engine: 'wasm', set: [], own: rule })
  if (E.isLeft(planned)) throw new Error(planned.left.message)
  return planned.right
}

describe('a plan with a rule of one’s own', () => {
  it('sets it beside the rules that an experiment compares, in each of its settings', () => {
    const usual = fig4.plan('smoke', {})
    const { specs, name, command } = plan('fig-4')
    expect(specs.slice(0, usual.length)).toEqual(usual)
    const besides = specs.slice(usual.length) as TrainingSpec[]
    expect(besides.map(({ arm }) => arm)).toEqual(['mine(2) noise=0%', 'mine(2) noise=50%', 'mine(2) noise=100%'])
    for (const spec of besides) {
      expect(spec.training.aggregator).toEqual(own.spec)
      const { arm: _, ownRule, training, ...rest } = spec
      expect(ownRule).toBe('mine(2)')
      const twin = usual.find((each) => each.arm === spec.arm.replace('mine(2)', 'c=0'))!
      expect({ ...twin, ...rest, training: { ...training, aggregator: twin.training.aggregator } }).toEqual(twin)
    }
    expect(name).toMatch(/^smoke\+aggregator=mine-2-[\da-f]{8}$/)
    expect(command).toBe('npx -y pnpm@12 reproduce run fig-4 --scale smoke --aggregator ./mine.ts')
  })

  it('makes other runs, and a plan of another name, when the file’s content changes', () => {
    const changed = plan('fig-4', { ...own, spec: { file: 'mine.ts', sha256: 'cd'.repeat(32) } })
    const ids = (each: Plan): string[] => each.specs.slice(-3).map((spec) => runId(spec))
    expect(new Set([...ids(plan('fig-4')), ...ids(changed)]).size).toBe(6)
    expect(changed.name).not.toBe(plan('fig-4').name)
    expect(plan('fig-4').name).toBe(plan('fig-4').name)
  })

  it('draws it with its name, and judges the experiment’s own arms as without it', () => {
    const curves = { pristine: { accuracy: () => 0.9 }, corrupt: { accuracy: () => 0.1 }, testAccuracy: () => 0.8 }
    const made = (specs: readonly TrainingSpec[]) => specs.map((spec) => madeUpNoisyRun(spec, curves))
    const results = made(plan('fig-4').specs as TrainingSpec[])
    const [grid, labels] = fig4.draw(results)
    expect(grid!.rowLabels).toEqual(['c = 0', 'c = 2', 'c = 8', 'mine(2)'])
    for (const row of grid!.rows) expect(row.map(({ series }) => series.length)).toEqual([3, 3, 3])
    expect(labels!.rows[0]![0]!.series.map(({ name }) => name)).toEqual(['c = 0', 'c = 2', 'c = 8', 'mine(2)'])
    expect(fig4.judge(results)).toEqual(fig4.judge(made(fig4.plan('smoke', {}))))
  })

  it('trains every run by it where an experiment compares something else, and calls the verdicts a proxy', () => {
    const { specs, definition } = plan('fig-1')
    expect(specs.map(({ arm }) => arm)).toEqual(['real', 'random'])
    for (const spec of specs as TrainingSpec[]) expect(spec.training.aggregator).toEqual(own.spec)
    expect(definition.title).toMatch(/ \(trained by mine\(2\)\)$/)
    expect(definition.judge([]).every(({ proxy }) => proxy)).toBe(true)
  })

  it('is set beside plain SGD alone where an experiment compares losses too', () => {
    const usual = labelNoise.plan('smoke', {})
    const besides = (plan('label-noise').specs as TrainingSpec[]).slice(usual.length)
    expect(besides.map(({ arm, ownRule }) => [arm, ownRule])).toEqual([['mnist symmetric 50% mine(2)', 'mine(2)']])
    expect(besides[0]!.training).toEqual({ ...usual[0]!.training, aggregator: own.spec })
  })

  it('gets batches that its micro-batches divide, which the title tells', () => {
    const batches = (experiment: string, groups: number): unknown => {
      const { specs, definition } = plan(experiment, { ...own, groups })
      const { batchSize } = (specs.at(-1) as TrainingSpec).training
      return [batchSize, / \((.*)\)$/.exec(definition.title)?.[1]]
    }
    expect(batches('fig-1', 5)).toEqual([50, 'trained by mine(2)'])
    expect(batches('fig-1', 3)).toEqual([51, 'trained by mine(2) in batches of 51'])
    expect(batches('fig-1', 200)).toEqual([200, 'trained by mine(2) in batches of 200'])
    expect(batches('fig-4', 7)).toEqual([105, 'mine(2) in batches of 105'])
    // More than there are examples: the run refuses it by number.
    expect(batches('fig-1', 301)).toEqual([50, 'trained by mine(2)'])
  })

  it.each([['example-1', /^--aggregator .\/mine.ts: example-1 trains no network by a rule$/]])(
    'is refused by %s, which has no place for it',
    (experiment, message) => {
      const planned = planOf({ experiment, scale: 'smoke', engine: 'wasm', set: [], own })
      expect(E.isLeft(planned) && planned.left.message).toMatch(message)
    },
  )

  it('is refused by an experiment that compares rules and draws no other', () => {
    const { ownArm: _, ...bare } = fig4
    const planned = withOwnRule(bare as Experiment<RunSpec>, fig4.plan('smoke', {}), own)
    expect(E.isLeft(planned) && planned.left.message).toBe(
      '--aggregator ./mine.ts: fig-4 compares rules of its own and draws no other',
    )
  })

  it('can be typed again', () => {
    const { command } = plan('fig-4', { ...own, given: `{"rule":"it's"}` })
    expect(command).toContain(String.raw`--aggregator '{"rule":"it'\''s"}'`)
  })
})

describe('what --aggregator takes', () => {
  it.each([
    ['coordinate-median', 'median', { rule: 'coordinate-median' }],
    ['median', 'median', { rule: 'coordinate-median' }],
    ['snr', 'snr', { rule: 'snr-gate' }],
    [' {"rule":"winsorized-mean","percent":4} ', 'winsor(4%)', { rule: 'winsorized-mean', percent: 4 }],
    [
      '{"rule":"chain","stages":[{"rule":"mean"},{"stage":"momentum","decay":0.9}]}',
      'chain(mean, momentum(0.9))',
      { rule: 'chain', stages: [{ rule: 'mean' }, { stage: 'momentum', decay: 0.9 }] },
    ],
  ])('%s', async (given, name, spec) => {
    expect(await readOwnRule(given)()).toEqual(E.right({ given, name, spec }))
  })

  it('a rule over micro-batches, with their number', async () => {
    const spec = { rule: 'median-of-means', groups: 3 }
    for (const given of [JSON.stringify(spec), 'M3'])
      expect(await readOwnRule(given)()).toEqual(E.right({ given, name: 'M3', spec, groups: 3 }))
    expect(await readOwnRule('RM3')()).toMatchObject(E.right({ spec: { rule: 'rolling-median' }, groups: 1 }))
  })

  it('a file, by its content', async () => {
    const given = example.pathname
    const sha256 = createHash('sha256')
      .update(await readFile(example))
      .digest('hex')
    const read = await readOwnRule(given)()
    expect(read).toEqual(E.right({ given, name: 'shrink(2)', spec: { file: 'shrink.ts', sha256 } }))
  })

  it.each([
    ['mode', /^error: unknown rule 'mode': choose mean, /, 2],
    ['{"rule":', /^error: --aggregator {"rule":: required a file \(.\/mine.ts\), a rule’s name, or JSON such as/, 2],
    ['{"percent":4}', /required a file/, 2],
    ['{"rule":"winsorized-mean","percent":80}', /required a number from 0 to 50, found 80/, 2],
    ['nowhere.ts', /^error: nowhere.ts: there is no such file$/, 1],
  ])('says what is wrong with %s', async (given, message, code) => {
    const console = captureConsole()
    const runs = join(scratch, 'none')
    expect(await commandLine(['run', 'fig-4', '--runs', runs, '--aggregator', given], console)).toBe(code)
    expect(console.said.err.trimEnd()).toMatch(message)
  })

  it('is in the help', async () => {
    const console = captureConsole()
    await commandLine(['run', '--help'], console)
    expect(console.said.out).toContain('--aggregator ./mine.ts')
  })
})

describe('the module of a rule', () => {
  const rule = { name: 'r', rows: { of: 'examples' }, init: () => ({}), aggregate: () => ({ gradient: {}, state: {} }) }

  it('exports a rule, or a function that makes one', () => {
    expect(ruleOfModule('m.ts', { default: rule })).toEqual(E.right(rule))
    expect(ruleOfModule('m.ts', { default: () => rule })).toEqual(E.right(rule))
  })

  it.each<[Record<string, unknown>, string]>([
    [{}, 'required an aggregator, or a function that makes one, as the default export, found no exports'],
    [{ rule }, 'required an aggregator, or a function that makes one, as the default export, found rule'],
    [
      {
        default: () => {
          throw new RangeError('percent: 80')
        },
      },
      'its default export throws: percent: 80',
    ],
    [{ default: 7 }, 'required an aggregator with name, rows, init and aggregate, found number'],
    [{ default: async () => rule }, 'with name, rows, init and aggregate, found a promise: make it without waiting'],
    [{ default: { ...rule, name: '' } }, 'required an aggregator with a name, such as \'sign-mean\', found ""'],
    [{ default: { ...rule, rows: { of: 'batches' } } }, '{ of: \'micro-batches\', groups: k }, found {"of":"batches"}'],
    [{ default: { ...rule, rows: { of: 'micro-batches', groups: 0 } } }, 'groups: k }, found {"of":"micro-batches"'],
    [{ default: { ...rule, init: {} } }, 'a function init(weights) that gives its state, found {}'],
    [{ default: { ...rule, aggregate: undefined } }, 'that gives { gradient, state }, found none'],
  ])('%#: is told what it lacks', (exported, message) => {
    const made = ruleOfModule('m.ts', exported)
    expect(E.isLeft(made) && made.left.message.startsWith('m.ts: ')).toBe(true)
    expect(E.isLeft(made) && made.left.message).toContain(message)
  })
})

describe('what a rule of one’s own gives', () => {
  const stack = { blocks: [{ name: 'dense_1/kernel', shape: [2, 3] }] } as unknown as GradientStack
  const giving = (made: unknown): Aggregator =>
    checkedRule({ name: 'mine', rows: { of: 'examples' }, init: () => ({}), aggregate: () => made as never })
  const shaped = (...shape: number[]): unknown => ({ gradient: { 'dense_1/kernel': { shape } }, state: {} })

  it('goes on as it is', () => {
    expect(giving(shaped(2, 3)).aggregate(stack, {})).toEqual(shaped(2, 3))
  })

  it.each<[unknown, string]>([
    [
      Promise.resolve(shaped(2, 3)),
      'mine: required aggregate to give { gradient, state }, found a promise: it can’t wait',
    ],
    [undefined, 'mine: required aggregate to give { gradient, state }, found undefined'],
    [{ gradient: {} }, 'mine: required aggregate to give { gradient, state }, found { gradient }'],
    [{ gradient: {}, state: {} }, 'mine: required a gradient of shape [2, 3] for dense_1/kernel, found none'],
    [shaped(6), 'mine: required a gradient of shape [2, 3] for dense_1/kernel, found [6]'],
  ])('%#: is told what it lacks', (made, message) => {
    expect(() => giving(made).aggregate(stack, {})).toThrow(new RangeError(message))
  })
})

describe('a run by a rule of one’s own', () => {
  const spec = (aggregator: AggregatorSpec): TrainingSpec => ({
    experiment: 'made-up',
    arm: 'own',
    seed: 1,
    engine: 'wasm',
    data: { dataset: 'mnist', train: 40, test: 20, noise: { kind: 'none' }, noisyTest: false },
    model: { kind: 'mlp', hidden: [8] },
    training: { steps: 6, batchSize: 20, learningRate: 0.1, aggregator, stopWhenFitted: false },
    measure: { evaluate: [], coherence: [], examples: 0, splits: [], populations: 'all' },
  })

  it('trains by it: by the example of the docs, and to the bit as the package’s rule where it is that', async () => {
    const shown = await readFile(example, 'utf8')
    const docs = await readFile(new URL('../../../../docs/own-aggregator.md', import.meta.url), 'utf8')
    expect(docs).toContain(`\`\`\`ts\n${shown}\`\`\``)
    const winsor = `import { winsorizedMean } from '@coherent-gradients/aggregators'
      export default () => winsorizedMean({ percent: 4 })`
    const runs = await mkdtemp(join(scratch, 'runs-'))
    const specs = [spec({ rule: 'winsorized-mean', percent: 4 })]
    for (const source of [winsor, shown]) {
      const file = { file: 'mine.ts', sha256: createHash('sha256').update(source).digest('hex') }
      await mkdir(dirname(keptRuleFile(runs, file)), { recursive: true })
      await writeFile(keptRuleFile(runs, file), source)
      specs.push(spec(file))
    }
    expect(await runPlan({ specs, runs, jobs: 2, tell: () => {} })).toEqual(E.right(undefined))
    const losses: number[][] = []
    for (const each of specs) {
      const result = await loadResult(runs, each)()
      losses.push(E.isRight(result) ? result.right!.steps.map(({ loss }) => loss) : [])
    }
    const [byPackage, byFile, byExample] = losses
    expect(byPackage).toHaveLength(6)
    expect(byFile).toEqual(byPackage)
    expect(byExample).toHaveLength(6)
    expect(byExample!.at(-1)).toBeLessThan(byExample![0]!)
    expect(byExample).not.toEqual(byPackage)
  }, 60_000)
})

describe('loading a file', () => {
  const files = {
    'torn.ts': 'export default {',
    'importing.ts': "import './other.ts'\nexport default 7",
    'missing.ts': "import 'no-such-package'\nexport default 7",
    'named.ts': 'export const rule = 7',
    'typed.mts': 'enum Colour { Red }\nexport default Colour',
    'other.js': 'export default 7',
  }

  // In a process of its own: vitest's own way to import has other errors.
  it('says why one can’t be a rule', async () => {
    const folder = await mkdtemp(join(scratch, 'files-'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const asked = [...Object.keys(files).map((name) => [name]), ['nowhere.ts'], ['other.js', '00'.repeat(32)]]
    const script = `
      const { loadRule } = await import(${JSON.stringify(new URL('load-rule.ts', import.meta.url).href)})
      for (const [name, expected] of ${JSON.stringify(asked)}) console.log((await loadRule(name, expected)()).left.message)`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
      { cwd: folder },
    )
    const said = stdout.trimEnd().split('\n')
    const expected = [
      /^torn.ts: the rule can’t be loaded: /,
      /^importing.ts: the rule can’t be loaded: it imports .\/other.ts: a rule is one file, which imports packages alone$/,
      /^missing.ts: the rule can’t be loaded: Cannot find package 'no-such-package'/,
      /^named.ts: required an aggregator, .* as the default export, found rule$/,
      /^typed.mts: the rule can’t be loaded: .*enum/i,
      /^other.js: required an aggregator with name, rows, init and aggregate, found number$/,
      /^nowhere.ts: there is no such file$/,
      /^other.js: required the rule with sha256 0000.*, found [\da-f]{64}: run the experiment with it again$/,
    ]
    expect(said).toHaveLength(expected.length)
    for (const [i, message] of expected.entries()) expect(said[i]).toMatch(message)
  }, 60_000)
})
