import { either as E } from 'fp-ts'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AggregatorSpec, TrainingSpec } from '../run-spec.ts'
import { loadResult } from '../runner/load-result.ts'
import { runPlan } from '../runner/run-plan.ts'
import { keptRuleFile } from './kept-rule.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'own-rule-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const example = new URL('../../examples/shrink.ts', import.meta.url)

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
