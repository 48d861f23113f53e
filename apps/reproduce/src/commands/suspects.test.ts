import { readRows } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../command-line.ts'
import { captureConsole } from '../testing/capture-console.test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'suspects-'))
const pets = join(folder, 'pets')
const small = ['--model', '8', '--epochs', '2', '--folds', '2', '--engine', 'cpu']
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(async () => {
  const colours = { 'cat, small': [255, 40, 0], dog: [0, 40, 255] } as const
  for (const [name, [r, g, b]] of Object.entries(colours)) {
    mkdirSync(join(pets, name), { recursive: true })
    for (let i = 1; i <= 12; i++) {
      // One of the dogs is a cat.
      const background = name === 'dog' && i === 7 ? { r: 255, g: 40, b: 0 } : { r, g: g + i, b }
      const picture = sharp({ create: { width: 40, height: 30, channels: 3, background } })
      writeFileSync(join(pets, name, `${i}.png`), await picture.png().toBuffer())
    }
  }
})

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  // A clock that stands: progress would else be told where the machine is slow.
  const captured = { ...captureConsole(), clock: () => 0 }
  const code = await commandLine(['suspects', ...words], captured)
  return { code, ...captured.said }
}

describe('reproduce suspects', () => {
  it('finds the wrong label in a folder of the user’s own pictures, by its path, and writes tables and a sheet', async () => {
    const out = join(folder, 'found', 'here')
    const found = await run(
      '--dataset',
      pets,
      ...small,
      '--engine',
      'wasm',
      '--epochs',
      '6',
      '--batch-size',
      '6',
      '--top',
      '3',
      '--out',
      out,
    )
    expect(found).toMatchObject({ code: 0, err: '' })
    expect(found.out).toMatch(/^pets: 24 examples, ranked by margin, throughout; engine wasm/)
    expect(found.out).toMatch(new RegExp(`^ +1 +${join(pets, 'dog', '7.png')} +dog +cat, small `, 'm'))
    expect(found.out).not.toContain('truth')
    const rows = await readRows(out, 'suspects')()
    if (E.isLeft(rows)) throw new Error(rows.left.message)
    expect(rows.right.rows).toHaveLength(24)
    expect(rows.right.rows[0]).toMatchObject({ rank: 1, label: 1, trueLabel: 1, expectedLabel: 0 })
    const lines = readFileSync(join(out, 'suspects.csv'), 'utf8').trim().split('\r\n')
    expect(lines).toHaveLength(25)
    expect(lines[0]).toMatch(/^rank,id,help_first,.*,label,expected_label,file$/)
    expect(lines[1]).toContain(`,dog,"cat, small",${join(pets, 'dog', '7.png')}`)
    expect((await sharp(join(out, 'suspects.png')).metadata()).format).toBe('png')
  })

  it('puts noise on, says how well each ranking finds it, and prints one JSON object and nothing else', async () => {
    const words = ['--dataset', 'difficulty', '--examples', '100', '--noise', 'labels-pair-flipped=0.2', ...small]
    const table = await run(...words, '--top', '5', '--by', 'help', '--at', 'first')
    expect(table.code).toBe(0)
    expect(table.out).toMatch(
      /^difficulty.*labels~20% pair-flipped: 100 examples \(of 5,000; --examples takes more\), ranked by help, first;/,
    )
    expect(table.out).toMatch(/^\d of the 5 above are wrong, and 20\.0% of all 100\.$/m)
    expect(table.out).toMatch(/^confident learning +\d+\.\d% +\d+\.\d%$/m)
    expect(table.out).toMatch(
      /^They expect the given label for \d+\.\d% of all; the commonest label is that of \d+\.\d%\.$/m,
    )
    const json = await run(...words, '--top', '5', '--json', '--by', 'confident-learning')
    const found = JSON.parse(json.out) as { suspects: object[]; quality: object[]; stage: string | null }
    expect(found).toMatchObject({
      examples: 100,
      available: 5000,
      by: 'confident learning',
      stage: null,
      noiseKnown: true,
    })
    expect(found.suspects).toHaveLength(5)
    expect(found.quality).toHaveLength(4 * 4 + 1)
    expect(json.out).toBe((await run(...words, '--top', '5', '--json', '--by', 'confident-learning')).out)
  })

  it('warns of a list that was made of labels that can’t be learned', async () => {
    const random = ['--dataset', 'difficulty', '--examples', '100', '--noise', 'labels=1', ...small]
    expect((await run(...random)).out).toContain('Don’t trust this list: that is no more than chance')
    const { unseenAgreement } = JSON.parse((await run(...random, '--json')).out) as { unseenAgreement: object }
    expect(unseenAgreement).toMatchObject({ beyondChance: false })
  })

  it.each([
    [['--dataset', 'nothing'], 1, /^error: nothing: no data set of this name\. Choose mnist, .*\n$/],
    [
      ['--dataset', 'toy-l', ...small, '--folds', '3'],
      1,
      /^error: toy-L.* required at least 6 examples for 3 folds, found 4\n$/,
    ],
    [['--dataset', 'toy-l', '--examples', '9', ...small], 1, /has 4 examples, and --examples asks for 9\n$/],
    [['--dataset', import.meta.dirname, '--part', 'test'], 1, /required a folder test or val in it for the part test/],
    [[], 2, /required option '--dataset <name>' not specified/],
    [['--dataset', 'mnist', '--noise', 'gaussian-images=0.5'], 2, /Choose one of labels, .*labels=0\.1/],
    [['--dataset', 'mnist', '--model', 'large'], 2, /Widths such as 64,64 are needed, or linear/],
    [
      ['--dataset', 'mnist', '--by', 'mood'],
      2,
      /Allowed choices are help, direction, loss, margin, confident-learning/,
    ],
  ])('%j ends with %i and says why', async (words, code, message) => {
    const ended = await run(...words)
    expect(ended.code).toBe(code)
    expect(ended.err).toMatch(message)
    expect(ended.out).toBe('')
  })

  it('says before any work that a folder can’t be written', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await run('--dataset', 'mnist', '--out', join(file, 'below'))).toMatchObject({ code: 1, out: '' })
  })

  it('has a help that tells what the scores mean', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    expect(out).toContain('reproduce suspects --dataset my/pictures --out my/suspects')
    expect(out).toContain('look at the contact sheet before you remove anything')
  })
})
