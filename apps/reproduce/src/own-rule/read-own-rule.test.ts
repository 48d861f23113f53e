import { either as E } from 'fp-ts'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'
import { readOwnRule } from './read-own-rule.ts'

const example = new URL('../../examples/shrink.ts', import.meta.url)

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
    const runs = join(tmpdir(), 'none')
    const said = await reproduce('run', 'fig-4', '--runs', runs, '--aggregator', given)
    expect(said.code).toBe(code)
    expect(said.err.trimEnd()).toMatch(message)
  })

  it('is in the help', async () => {
    expect((await reproduce('run', '--help')).out).toContain('--aggregator ./mine.ts')
  })
})
